"""How a place is said in words."""


def address(number: str, name: str, street: str, locality: str, postcode: str = "") -> str:
    """Return an address on one line.

    >>> address("14", "", "Mill Lane", "Ashby", "ZM1 2AB")
    '14 Mill Lane, Ashby, ZM1 2AB'
    >>> address("", "Rose Cottage", "Church Lane", "Elmstead")
    'Rose Cottage, Church Lane, Elmstead'
    """
    first = f"{number} {street}" if number else f"{name}, {street}"
    return ", ".join(part for part in (first, locality, postcode) if part)


def street_name(street: str, locality: str) -> str:
    """Return a street with its town or village.

    >>> street_name("Mill Lane", "Ashby")
    'Mill Lane, Ashby'
    >>> street_name("Ashby to Elmstead road", "")
    'Ashby to Elmstead road'
    """
    return f"{street}, {locality}" if locality and locality not in street else street


def spot(street: str | None, locality: str, home: str | None, settlement: str | None) -> str:
    """Return where a pointed-at spot is: outside a home, on a street, near a town, or nothing known.

    >>> spot("Mill Lane", "Ashby", "14", "Ashby")
    'outside 14 Mill Lane, Ashby'
    >>> spot("Mill Lane", "Ashby", None, "Ashby")
    'on Mill Lane, Ashby'
    >>> spot(None, "", None, "Ashby")
    'off the road, near Ashby'
    >>> spot(None, "", None, None)
    'a place without a name'
    """
    if street and home:
        joined = f"{home} {street}" if home[:1].isdigit() else f"{home}, {street}"
        return f"outside {street_name(joined, locality)}"
    if street:
        return f"on {street_name(street, locality)}"
    return f"off the road, near {settlement}" if settlement else "a place without a name"
