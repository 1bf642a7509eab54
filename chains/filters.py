"""Which firms make something for a chain: the filters of the map of makers."""

import django_filters

from chains.models import Chain, ChainNode, EnterpriseNode
from enterprises.filters import EnterpriseFilterSet
from enterprises.querysets import EnterpriseQuerySet
from geo.errors import BadParameter


class MakerFilterSet(EnterpriseFilterSet):
    """The filters of the list of firms, and `chain` (its code) or `node` (`chain/node`; a parent means all its leaves)."""

    chain = django_filters.CharFilter(method="in_chain")
    node = django_filters.CharFilter(method="at_node")

    def in_chain(self, rows: EnterpriseQuerySet, name: str, code: str) -> EnterpriseQuerySet:
        chain = Chain.objects.filter(code=code).first()
        if chain is None:
            raise BadParameter(
                "chain",
                zh=f"没有代码为“{code}”的产业链；目录见 chains/。",
                en=f"There is no chain with code {code}; see chains/.",
            )
        return rows.filter(pk__in=EnterpriseNode.objects.filter(node__chain=chain).values("enterprise"))

    def at_node(self, rows: EnterpriseQuerySet, name: str, text: str) -> EnterpriseQuerySet:
        chain, _, code = text.partition("/")
        node = ChainNode.objects.filter(chain__code=chain, code=code).first()
        if node is None:
            raise BadParameter(
                "node",
                zh=f"没有环节“{text}”；请写作“产业链代码/环节代码”。",
                en=f"There is no node {text}; write it as the code of the chain/the code of the node.",
            )
        here = EnterpriseNode.objects.filter(node__in=ChainNode.objects.at_or_below(node))
        return rows.filter(pk__in=here.values("enterprise"))
