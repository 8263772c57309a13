"""Reads customers as another system puts them out: what it says of one person, under its own number."""

import datetime as dt
import re
from dataclasses import dataclass

from .lines import BadLine, day, needed

COLUMNS = ("number", "name")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Customer:
    """One person as another system has them."""

    number: str
    name: str
    born: dt.date | None
    email: str
    phone: str
    uprn: str
    address: str
    postcode: str


def customer(given: dict) -> Customer:
    """Read one customer: number and name; born, email, phone, and uprn or address and postcode where they are known.

    >>> customer({"number": "C-1", "name": "Ann Example", "phone": "01632 960001"}).phone
    '01632 960001'
    """
    number = needed(given, "number", "its number in the old system")
    name = needed(given, "name", "the full name")
    if len(number) > 80 or len(name) > 200 or not any(letter.isalpha() for letter in name):
        raise BadLine("A number has up to 80 characters; a name has letters, and up to 200.")
    texts = {key: str(given.get(key) or "").strip() for key in ("email", "phone", "uprn", "address", "postcode")}
    if texts["email"] and not EMAIL.fullmatch(texts["email"]):
        raise BadLine("The column email holds no address like name@example.com.")
    if texts["phone"] and len(re.sub(r"\D", "", texts["phone"])) < 9:
        raise BadLine("The column phone holds no phone number. Spreadsheets drop a leading 0: format it as text.")
    return Customer(number, name, day(given, "born"), **texts)
