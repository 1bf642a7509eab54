"""The dictionary of a city's own indicators: what each is called, how it reads, who answers for it."""

from accounts.rights import may_keep_dictionary
from geo.errors import NotAllowed
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, register
from geo.importing.kinds import Type as Cell
from geo.importing.load import Load
from landparcels.indicators.city import Bound, CityIndicator, Group, Type
from landparcels.indicators.dictionary import choices_of, faults

WORDS = ("name_en", "department_zh", "department_en", "legal_basis_zh", "legal_basis_en", "note_zh", "note_en")
BLANKS = {"unit": "1", "bound": Bound.NEUTRAL.value, "position": 100, "public": True}


def _spellings(choices: type[Group] | type[Type] | type[Bound]) -> dict[str, str]:
    return {word: choice.value for choice in choices for word in (choice.value, *choice.label.split(" ", 1))}


def check_right(load: Load) -> None:
    if load.by is not None and not may_keep_dictionary(load.by):
        raise NotAllowed(
            zh="指标字典由土地管理人员和管理员维护，您的角色不能导入。",
            en="The dictionary of indicators is kept by land officers and administrators; your role may not import it.",
        )


def prepare(batch: Batch, load: Load) -> None:
    """Blank cells take their usual value; an entry must stand as a whole, and keep what parcels have."""
    rows: dict[str, CityIndicator] = load.remember(
        "rows", lambda: {row.code: row for row in CityIndicator.objects.all()}
    )
    codes: set[str] = load.remember("codes", lambda: set(rows))
    columns = batch.columns
    for name in WORDS:
        if name in columns:
            columns[name] = [value or "" for value in columns[name]]
    for name, blank in BLANKS.items():
        if name in columns:
            columns[name] = [blank if value is None else value for value in columns[name]]
    if "choices" in columns:
        columns["choices"] = [choices_of(parts or ()) for parts in columns["choices"]]
    for index in list(batch.alive()):
        code = columns["code"][index]
        before = rows.get(code)
        empty: dict[str, object] = {"unit": "1", "low": None, "high": None, "choices": []}
        entry = {name: getattr(before, name) if before else value for name, value in empty.items()}
        entry |= {name: columns[name][index] for name in ("code", "name_zh", "type", *empty) if name in columns}
        for column, words in faults(entry, before, codes - {code}):
            batch.refuse(index, column, entry.get(column), words)
        if not batch.is_refused(index):
            codes.add(code)


register(
    Kind(
        name="city_indicators",
        zh="自有指标",
        en="Own indicators",
        model=CityIndicator,
        key=("code",),
        columns=(
            Column("code", "代码", Cell.CODE, required=True, longest=40),
            Column("name_zh", "名称", required=True, longest=60),
            Column("name_en", "英文名称", longest=80),
            Column("group", "分组", Cell.CHOICE, required=True, choices=_spellings(Group)),
            Column("type", "类型", Cell.CHOICE, required=True, choices=_spellings(Type)),
            Column("unit", "单位", longest=40),
            Column("bound", "方向", Cell.CHOICE, choices=_spellings(Bound)),
            Column("low", "最小值", Cell.DECIMAL),
            Column("high", "最大值", Cell.DECIMAL),
            Column("choices", "选项", Cell.LIST),
            Column("department_zh", "责任部门", longest=60),
            Column("department_en", "责任部门英文", longest=80),
            Column("legal_basis_zh", "法规依据", longest=400),
            Column("legal_basis_en", "法规依据英文", longest=400),
            Column("note_zh", "说明", longest=400),
            Column("note_en", "说明英文", longest=400),
            Column("position", "顺序", Cell.INTEGER, low=0, high=10_000),
            Column("public", "公开", Cell.FLAG),
        ),
        before=check_right,
        prepare=prepare,
    )
)
