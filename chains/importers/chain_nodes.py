"""Nodes of chains. A chain is made when its first node comes; a parent may stand later in the same file."""

from chains.importers.lookups import chain_ids
from chains.importers.parents import ParentClaims
from chains.models import Chain, ChainNode
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say

STAGES = {
    spelling: stage.value
    for stage in ChainNode.Stage
    for spelling in (stage.value, stage.value.capitalize(), str(stage.label), f"{stage.label}环节")
}

TAKEN = frozenset({"compare", "thresholds"})
WORDS_OF_ADDRESSES = say(
    zh="compare 与 thresholds 是系统地址中的词，不能作产业链代码",
    en="compare and thresholds are words of the system's addresses, so no chain may bear them",
)


def prepare(batch: Batch, load: Load) -> None:
    """Chains are made and named; parents wait until all nodes are there (`after`)."""
    chains = batch.columns.pop("chain")
    for index in batch.alive():
        if chains[index] in TAKEN:
            batch.refuse(index, "chain", chains[index], WORDS_OF_ADDRESSES)
    _name_chains(batch, chains, load)
    known = chain_ids(load)
    batch.columns["chain_id"] = [known.get(chain) for chain in chains]
    if "name_en" in batch.columns:
        batch.columns["name_en"] = [name or "" for name in batch.columns["name_en"]]
    if "essential" in batch.columns:
        batch.columns["essential"] = [bool(flag) for flag in batch.columns["essential"]]
    parents = batch.columns.pop("parent", None)
    if parents is not None:
        claims: ParentClaims = load.remember("parents", ParentClaims)
        claims.note(batch, batch.columns["chain_id"], batch.columns["node"], parents)


def _name_chains(batch: Batch, chains: list[str], load: Load) -> None:
    """The last name given stands; a chain that nobody names is called by its code."""
    names, names_en = batch.columns.pop("chain_name", None), batch.columns.pop("chain_name_en", None)
    given: dict[str, dict[str, str]] = {}
    for index in batch.alive():
        named = given.setdefault(chains[index], {})
        if names and names[index]:
            named["name"] = names[index]
        if names_en and names_en[index]:
            named["name_en"] = names_en[index]
    known = chain_ids(load)
    for code, named in given.items():
        if code not in known:
            known[code] = Chain.objects.create(code=code, source=load.source, **{"name": code, **named}).pk
        elif named:
            Chain.objects.filter(pk=known[code]).update(**named)


def after(load: Load) -> None:
    claims: ParentClaims | None = load.memory.get("parents")
    if claims is not None:
        claims.settle(load)
    Chain.objects.filter(source=load.source, nodes=None).delete()  # none of its nodes could be taken


register(
    Kind(
        name="chain_nodes",
        zh="产业链环节",
        en="Nodes of chains",
        model=ChainNode,
        key=("chain", "node"),
        conflict=("chain_id", "code"),
        columns=(
            Column("chain", "产业链", Type.CODE, required=True, longest=60),
            Column("chain_name", "产业链名称", longest=120),
            Column("chain_name_en", "产业链英文名称", longest=160),
            Column("node", "环节", Type.CODE, required=True, longest=120, db="code"),
            Column("name", "环节名称", required=True, longest=200),
            Column("name_en", "环节英文名称", longest=200),
            Column("stage", "所处位置", Type.CHOICE, required=True, choices=STAGES),
            Column("parent", "上级环节", Type.CODE, longest=120),
            Column("essential", "必备", Type.FLAG),
            Column("barrier", "替代壁垒", Type.SHARE),
            Column("import_share", "进口占比", Type.SHARE),
            Column("national_output", "全国产值", Type.DECIMAL, unit="万元", low=0, high=1e12),
        ),
        prepare=prepare,
        citywide=True,
        after=after,
    )
)
