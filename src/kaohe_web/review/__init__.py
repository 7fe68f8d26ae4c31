"""How assessors judge: assignments, marks, conferences, visits, draws."""
