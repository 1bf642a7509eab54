"""Nodes by the name that targets, calls, projects and requirement profiles know them by: chain/node."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from accounts.rights import Person
from chains.models import Chain
from chains.selectors import pictures
from chains.target_rows import Wanted
from geo.errors import BadParameter

Answer = dict[str, Any]  # what a serializer reads


class Nodes:
    """All nodes of all chains that a person may see; read once for an answer."""

    def __init__(self, user: Person) -> None:
        self._user = user

    @cached_property
    def pictures(self) -> dict[str, Any]:  # of ChainPicture
        chains = Chain.objects.visible_to(self._user).in_use().order_by("id")
        return {picture.chain.code: picture for picture in pictures(chains)}

    def find(self, text: str) -> Wanted | None:
        """None for a node that is not there (any more)."""
        chain, _, code = text.partition("/")
        picture = self.pictures.get(chain) if text else None
        at = picture.position.get(code) if picture else None
        return None if picture is None or at is None else Wanted(picture, at)

    def leaf(self, text: str) -> Wanted:
        """A node that firms can make something for; anything else is told in words."""
        found = self.find(text)
        if found is None:
            raise BadParameter(
                "node",
                zh=f"没有环节“{text}”；请写作“产业链代码/环节代码”。",
                en=f"There is no node {text}; write it as the code of the chain/the code of the node.",
            )
        if not found.picture.graph.is_leaf[found.at]:
            raise BadParameter(
                "node",
                zh=f"环节“{text}”有下级环节；请选择其中之一。",
                en=f"Node {text} has nodes below it; name one of those.",
            )
        return found

    def told(self, text: str) -> Answer | None:
        """Names in both languages and the state; None where no node is named, or it is gone."""
        found = self.find(text)
        if found is None:
            return None
        node, chain = found.picture.nodes[found.at], found.picture.chain
        return {
            "code": text,
            "chain": chain.code,
            "chain_name": chain.name,
            "chain_name_en": chain.name_en,
            "node": node.code,
            "name": node.name,
            "name_en": node.name_en,
        }
