"""The risk that an organisation's matrix gives for a seriousness and a likelihood (R48)."""

from heed.audit.refusals import Refused
from heed.organisations import code_lists
from heed.organisations.models import Organisation


def matrix_of(organisation: Organisation) -> dict[str, dict[str, str]]:
    """Seriousness to likelihood to risk: the organisation's own, else the default of the code lists."""
    return organisation.risk_matrix or code_lists.default_risk_matrix()


def risk_of(organisation: Organisation, seriousness: str, likelihood: str) -> str:
    """The code of the risk. Raises Refused for codes that the matrix does not have."""
    try:
        return matrix_of(organisation)[seriousness][likelihood]
    except KeyError:
        raise Refused("Choose a seriousness and a likelihood from the lists.", "seriousness") from None
