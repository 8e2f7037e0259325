"""A WordPress site for tests: posts as its REST interface tells them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .conftest import HOST
from .server import Answer, Request, Server, Wire, response

POSTS = "/wp-json/wp/v2/posts"
Post = dict[str, Any]


def post(number: int, content: str, at: str, title: str | None = None) -> Post:
    """A post as the interface tells it; `at`: when it was published, in UTC."""
    return {
        "id": number,
        "date_gmt": at,
        "modified_gmt": at,
        "link": f"http://{HOST}/news/{number}/",
        "title": {"rendered": title or f"Новость {number}"},
        "content": {"rendered": content, "protected": False},
    }


def as_json(body: object, status: str = "200 OK") -> bytes:
    return response(json.dumps(body).encode(), status, media_type="application/json")


def serve(server: Server, asked: Callable[[dict[str, str]], list[Post] | None]) -> None:
    """Answers every question for posts by its parameters; none: there is no such page."""

    def answer(wire: Wire, request: Request) -> None:
        posts = asked({k: v[0] for k, v in parse_qs(urlsplit(request.path).query).items()})
        gone = as_json({"code": "rest_post_invalid_page_number"}, "400 Bad Request")
        wire.send(gone if posts is None else as_json(posts))

    class Answers(dict[str, Answer]):
        def get(self, path: str, default: Any = None) -> Any:
            return answer if path.startswith(f"{POSTS}?") else default

    server.answers = Answers()
