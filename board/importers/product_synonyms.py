"""Names of products that mean the same: each row says what one name means."""

from accounts.rights import may_keep_board
from board.models import Synonym
from board.names import LONGEST, normal
from geo.errors import NotAllowed
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say


def check_right(load: Load) -> None:
    if load.by is not None and not may_keep_board(load.by):
        raise NotAllowed(
            zh="供需信息和同义词由招商人员维护，您的角色不能导入。",
            en="Investment promotion staff keep the board and its synonyms; your role may not import them.",
        )


def prepare(batch: Batch, load: Load) -> None:
    """One spelling of either name; two spellings of one name are one row."""
    seen: dict[str, int] = load.remember("names", dict)
    names, heads = ([normal(text or "") for text in batch.columns[column]] for column in ("name", "head"))
    for index in list(batch.alive()):
        if not names[index] or not heads[index] or names[index] == heads[index]:
            words = say(zh="应为两个不同的名称", en="two different names are wanted")
            batch.refuse(index, "name", batch.columns["name"][index], words)
            continue
        first = seen.setdefault(names[index], batch.numbers[index])
        if first != batch.numbers[index]:
            words = say(zh=f"与第 {first} 行是同一个名称", en=f"the same name as in row {first}")
            batch.refuse(index, "name", batch.columns["name"][index], words)
    batch.columns |= {"normal": names, "head_normal": heads}


register(
    Kind(
        name="product_synonyms",
        zh="产品同义词",
        en="Product synonyms",
        model=Synonym,
        key=("name",),
        conflict=("normal",),
        columns=(
            Column("name", "名称", Type.TEXT, required=True, longest=LONGEST),
            Column("head", "标准名称", Type.TEXT, required=True, longest=LONGEST, also=("同义于",)),
        ),
        before=check_right,
        prepare=prepare,
        citywide=True,
    )
)
