"""What units and providers file: values, self-scores, evidence, awards, sealed papers."""
