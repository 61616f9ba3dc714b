"""What schemathesis does not know by itself: how a query is sent as it is."""

from typing import Any

import schemathesis


@schemathesis.serializer("application/sparql-query")
def send_query(context: Any, value: Any) -> bytes | None:
    if isinstance(value, bytes):
        return value
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else None
