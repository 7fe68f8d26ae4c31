"""Personal data as everybody may see it: enough to know whether it is there and right."""


def masked_phones(text: str) -> str:
    """Telephone numbers of which only the last digits are shown, and a mobile's first three.

    >>> masked_phones("13812345678、0427-2823456"), masked_phones("")
    ('138****5678、****3456', '')
    """
    return "、".join(masked_phone(number) for number in text.split("、")) if text else ""


def masked_phone(number: str) -> str:
    """One number, masked; of a very short one nothing is shown."""
    digits = "".join(sign for sign in number if sign.isdigit())
    mobile = len(digits) == 11 and digits.startswith("1")  # noqa: PLR2004 -- as mobile numbers are
    last = digits[-4:] if len(digits) > 6 else ""  # noqa: PLR2004 -- four of six would tell it
    return f"{digits[:3] if mobile else ''}****{last}"


def masked_email(text: str) -> str:
    """An address of which the first letter and the domain are shown.

    >>> masked_email("lianxi@example.gov.cn"), masked_email("")
    ('l***@example.gov.cn', '')
    """
    name, at, domain = text.partition("@")
    return f"{name[:1]}***{at}{domain}" if text else ""


def masked(field: str, text: str) -> str:
    """A field of a contact as everybody may see it."""
    match field:
        case "phone" | "mobile" | "fax":
            return masked_phones(text)
        case "email":
            return masked_email(text)
        case _:
            return text
