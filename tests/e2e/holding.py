"""Answers that come when the test says so: what a slow network does by chance, on purpose."""

from collections.abc import Callable

from playwright.sync_api import Page, Request, Route


class Held:
    """Requests to the server that `which` is true of wait until they are let go; those after that are not held."""

    def __init__(self, page: Page, which: Callable[[Request], bool]) -> None:
        self.which = which
        self.holding = True
        self._routes: list[Route] = []
        page.route("**/api/v1/**", self._meet)

    def _meet(self, route: Route) -> None:
        if self.holding and self.which(route.request):
            self._routes.append(route)
        else:
            route.fallback()

    def let_go(self) -> None:
        self.holding = False
        for route in self._routes:
            route.continue_()
