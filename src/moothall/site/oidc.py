"""Work accounts by OpenID Connect, as the environment names them."""

import os


def oidc_apps() -> list[dict]:
    """Return the OpenID Connect providers named in the environment (MOOTHALL_OIDC_ISSUER and its two companions)."""
    issuer = os.environ.get("MOOTHALL_OIDC_ISSUER")
    if not issuer:
        return []
    return [
        {
            "provider_id": "staff",
            "name": os.environ.get("MOOTHALL_OIDC_NAME", "your work account"),
            "client_id": os.environ.get("MOOTHALL_OIDC_CLIENT_ID", ""),
            "secret": os.environ.get("MOOTHALL_OIDC_CLIENT_SECRET", ""),
            "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
        }
    ]
