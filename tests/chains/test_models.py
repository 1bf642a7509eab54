from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from chains.models import Chain, ChainNode, EnterpriseNode
from tests.factories.chains import ChainEdgeFactory, ChainFactory, ChainNodeFactory, EnterpriseNodeFactory

pytestmark = pytest.mark.django_db


def refused_as(constraint: str) -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match=constraint)


def checked_now() -> None:
    """Constraints that wait for the end of the transaction are asked at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_code_stands_once_in_a_chain() -> None:
    node = ChainNodeFactory(code="cell")
    ChainNodeFactory(code="cell")  # in another chain
    with refused_as("chainnode_code_once_in_chain"):
        ChainNodeFactory(chain=node.chain, code="cell")


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("stage", "sideways", "chainnode_stage_known"),
        ("barrier", 1.1, "chainnode_barrier_is_share"),
        ("barrier", float("nan"), "chainnode_barrier_is_share"),
        ("import_share", -0.1, "chainnode_import_share_is_share"),
        ("national_output", -1, "chainnode_national_output_not_negative"),
    ],
)
def test_a_node_keeps_to_its_ranges(column: str, value: object, constraint: str) -> None:
    with refused_as(constraint):
        ChainNodeFactory(**{column: value})


def test_a_node_is_not_its_own_parent() -> None:
    node = ChainNodeFactory()
    with refused_as("chainnode_not_its_own_parent"):
        ChainNode.objects.filter(pk=node.pk).update(parent=node)


def test_a_parent_belongs_to_the_same_chain() -> None:
    stranger = ChainNodeFactory()
    with refused_as("chainnode_parent_in_chain"), transaction.atomic():
        ChainNodeFactory(parent=stranger)
        checked_now()


@pytest.mark.parametrize("end", ["supplier", "customer"])
def test_an_edge_stays_within_its_chain(end: str) -> None:
    node, stranger = ChainNodeFactory(), ChainNodeFactory()
    ends = {"supplier": node, "customer": node} | {end: stranger}
    with refused_as(f"chainedge_{end}_in_chain"), transaction.atomic():
        ChainEdgeFactory(chain=node.chain, **ends)
        checked_now()


def test_a_node_does_not_supply_itself() -> None:
    node = ChainNodeFactory()
    with refused_as("chainedge_no_self_loop"):
        ChainEdgeFactory(supplier=node, customer=node)


def test_an_edge_stands_once() -> None:
    chain = ChainFactory()
    one, other = ChainNodeFactory(chain=chain), ChainNodeFactory(chain=chain)
    ChainEdgeFactory(supplier=one, customer=other)
    ChainEdgeFactory(supplier=other, customer=one)
    with refused_as("chainedge_once"):
        ChainEdgeFactory(supplier=one, customer=other)


@pytest.mark.parametrize("coefficient", [-0.1, 101, float("nan"), float("inf")])
def test_a_coefficient_is_sane(coefficient: float) -> None:
    chain = ChainFactory()
    with refused_as("chainedge_coefficient_sane"):
        ChainEdgeFactory(
            supplier=ChainNodeFactory(chain=chain), customer=ChainNodeFactory(chain=chain), coefficient=coefficient
        )


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_a_share_lies_between_nought_and_one(share: float) -> None:
    with refused_as("enterprisenode_share_is_share"):
        EnterpriseNodeFactory(share=share)


def test_a_product_of_an_enterprise_stands_once_in_a_node() -> None:
    made = EnterpriseNodeFactory(product="磷酸铁锂")
    EnterpriseNodeFactory(enterprise=made.enterprise, node=made.node, product="三元")
    with refused_as("enterprisenode_once"):
        EnterpriseNodeFactory(enterprise=made.enterprise, node=made.node, product="磷酸铁锂")


def test_a_chain_has_its_code_alone() -> None:
    ChainFactory(code="batteries")
    with refused_as("code"):
        ChainFactory(code="batteries")


def test_when_a_parent_goes_its_leaves_stay() -> None:
    leaf = ChainNodeFactory()
    parent = ChainNodeFactory(chain=leaf.chain)
    ChainNode.objects.filter(pk=leaf.pk).update(parent=parent)
    parent.delete()
    leaf.refresh_from_db()
    assert leaf.parent is None


def test_a_chain_without_nodes_is_not_in_use() -> None:
    ChainFactory()
    node = ChainNodeFactory()
    ChainNodeFactory(chain=node.chain)
    assert list(Chain.objects.in_use()) == [node.chain]


def test_visitors_see_makers_that_are_listed(person: Callable[..., User]) -> None:
    listed = EnterpriseNodeFactory(enterprise__listed=True)
    EnterpriseNodeFactory(enterprise__listed=None)
    assert list(EnterpriseNode.objects.visible_to(AnonymousUser())) == [listed]
    assert list(EnterpriseNode.objects.visible_to(person("investor"))) == [listed]
    assert EnterpriseNode.objects.visible_to(person("promotion")).count() == 2
