"""The routes: every module adds its own by `add_routes(routes, evidence_on)`."""
