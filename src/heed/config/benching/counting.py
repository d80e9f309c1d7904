"""How many statements a request sent to the database, told in a header. It is installed only where the environment says
HEED_COUNT_QUERIES=1, as `heed bench` does; no page of a live server tells it."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "Heed-Queries"


def count_queries(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the outermost."""

    def middleware(request: HttpRequest) -> HttpResponse:
        statements = 0

        def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal statements
            statements += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counted):
            response = get_response(request)
        response.headers[HEADER] = str(statements)
        return response

    return middleware
