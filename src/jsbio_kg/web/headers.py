"""Headers that go with everything: security, sharing, and where the site describes itself."""

__all__ = ["CORS", "DESCRIBED_BY", "PREFLIGHT", "SECURITY", "VARY"]

SECURITY = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
#: Reading is open to every page of every site, and never carries who the reader is.
CORS = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "Accept-Ranges, Allow, Content-Language, Content-Range, ETag, Link, RateLimit, "
        "RateLimit-Policy, Retry-After, Server-Timing, X-Graphs-Missing, X-Rows-Cut",
    ),
)
PREFLIGHT = (
    (
        "Access-Control-Allow-Headers",
        "Accept, Accept-Language, Content-Type, If-Match, If-None-Match, If-Range, Range",
    ),
    ("Access-Control-Max-Age", "86400"),
)
VARY = "Accept, Accept-Language, Accept-Encoding"
DESCRIBED_BY = (
    "Link",
    '</.well-known/void>; rel="describedby"; type="text/turtle", '
    '</sparql>; rel="service-desc"; type="text/turtle", '
    '</openapi.json>; rel="service-desc"; type="application/json"',
)
