"""Marks that others append to a link to follow who opens it; they are no settings of ours."""

_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "hsa_")
_NAMES = frozenset(
    (
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid"),
        *("igshid", "igsh", "li_fat_id", "mc_cid", "mc_eid", "srsltid", "_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok"),
        *("ref", "ref_src", "ref_url", "si", "vero_id", "wickedid", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid"),
        *("at_medium", "at_campaign"),
    )
)


def is_tracking_mark(name: str) -> bool:
    """Return whether a parameter is a well-known mark that mail programs, networks and advertisers append to links.

    Args:
        name: Name of the parameter; upper and lower case count alike.

    Example:
        >>> is_tracking_mark("utm_source"), is_tracking_mark("fbclid"), is_tracking_mark("asof")
        (True, True, False)
    """
    plain = name.lower()
    return plain in _NAMES or plain.startswith(_PREFIXES)
