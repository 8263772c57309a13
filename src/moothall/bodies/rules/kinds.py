"""The kinds of public body, and the roles people hold in them."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of public body this is. The law gives duties to kinds, not to names."""

    COUNTY = "county"
    DISTRICT = "district"
    UNITARY = "unitary"
    PARISH = "parish"
    FIRE = "fire"
    POLICE = "police"
    HEALTH = "health"
    SCHOOL_TRUST = "school-trust"
    COMPANY = "company"
    STRATEGIC = "strategic-authority"
    LANDLORD = "landlord"
    ROAD_OPERATOR = "road-operator"


KIND_NAMES = {
    Kind.COUNTY: "County council",
    Kind.DISTRICT: "District council",
    Kind.UNITARY: "Unitary council",
    Kind.PARISH: "Parish or town council",
    Kind.FIRE: "Fire and rescue service",
    Kind.POLICE: "Police",
    Kind.HEALTH: "Health trust",
    Kind.SCHOOL_TRUST: "School trust",
    Kind.COMPANY: "Company owned by councils",
    Kind.STRATEGIC: "Strategic authority",
    Kind.LANDLORD: "Social landlord",
    Kind.ROAD_OPERATOR: "National road operator",
}

PRINCIPAL_COUNCILS = (Kind.COUNTY, Kind.DISTRICT, Kind.UNITARY)
"""Councils with an area of their own in law (Local Government Act 1972 s.270: "principal area")."""


class Role(StrEnum):
    """What somebody may do in a body. One appointment can carry several."""

    ADVISER = "adviser"
    OFFICER = "officer"
    CREW = "crew"
    MANAGER = "manager"
    FINANCE = "finance"
    SECTION_151 = "section-151-officer"
    MONITORING = "monitoring-officer"
    INFORMATION = "information-governance"
    COUNCILLOR = "councillor"
    SCRUTINY = "scrutiny-officer"
    UNION = "union-representative"
    AUDITOR = "auditor"
    PARTNERSHIP = "partnership-office"
    OPERATOR = "operator"


ROLE_NAMES = {
    Role.ADVISER: "Adviser",
    Role.OFFICER: "Officer",
    Role.CREW: "Crew member",
    Role.MANAGER: "Manager",
    Role.FINANCE: "Finance officer",
    Role.SECTION_151: "Section 151 officer",
    Role.MONITORING: "Monitoring officer",
    Role.INFORMATION: "Information governance officer",
    Role.COUNCILLOR: "Councillor",
    Role.SCRUTINY: "Scrutiny officer",
    Role.UNION: "Union representative",
    Role.AUDITOR: "Auditor",
    Role.PARTNERSHIP: "Partnership officer",
    Role.OPERATOR: "Operator",
}
