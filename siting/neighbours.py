"""Who already works next door in the chain: the output within reach of every cell (METHODS 6, agglomeration)."""

import numpy as np
from numpy.typing import NDArray

from chains.models import Chain
from chains.picture import ChainPicture
from chains.selectors import picture
from enterprises.models import Enterprise
from geo import catchment, hexes
from geo.grid import Grid
from geo.hexes import Cells, Floats
from geo.words import Words, say
from siting.ground import Ground
from siting.resources import RESOURCES

NO_OUTPUT = say(zh="相邻环节没有已知产值的企业", en="no enterprise of a neighbouring node has a known output and place")
REACH_KM = RESOURCES["agglomeration"].reach_km


def output_in_reach(ground: Ground, node: str) -> Floats | Words:
    """Σ w S for every cell of the grid; the reason where the chain, the node or any known neighbour is missing."""
    chain_code, _, node_code = node.partition("/")
    chain = Chain.objects.filter(code=chain_code).first()
    if chain is None:
        return say(zh=f"没有载入产业链“{chain_code}”", en=f"the chain {chain_code} is not loaded")
    chain_picture = picture(chain)
    if node_code not in chain_picture.position:
        return say(zh=f"产业链中没有环节“{node_code}”", en=f"the chain has no node {node_code}")
    cells, amounts = _makers_next_to(chain_picture, chain_picture.position[node_code])
    return weighted_output(ground.grid, cells, amounts) if len(cells) else NO_OUTPUT


def weighted_output(grid: Grid, cells: Cells, amounts: Floats) -> Floats:
    """Enterprises in resolution-9 cells, gathered at the working resolution; a cell takes its ancestor's value. Pure."""
    resolution = catchment.working_resolution(REACH_KM)
    level, ancestor = grid.coarser(resolution)
    homes, owner = np.unique(hexes.parents(cells, resolution), return_inverse=True)
    gathered = hexes.sum_by(owner, amounts, len(homes))
    return catchment.reached(level.centres, hexes.centres(homes), gathered, REACH_KM)[ancestor]


def adjacent(of: NDArray[np.int64], source: NDArray[np.int64], target: NDArray[np.int64]) -> NDArray[np.int64]:
    """The nodes that supply these nodes or buy of them, themselves excluded. Pure."""
    beside = np.concatenate((source[np.isin(target, of)], target[np.isin(source, of)]))
    return np.setdiff1d(beside, of)


def _makers_next_to(chain: ChainPicture, node: int) -> tuple[Cells, Floats]:
    """Cells and known outputs of the enterprises in the nodes beside one (beside its leaves, where it has any)."""
    beside = adjacent(np.array(chain.leaves_below(node), dtype=np.int64), chain.graph.source, chain.graph.target)
    known = np.flatnonzero(np.isin(chain.made.node, beside) & ~np.isnan(chain.made.amount))
    makers = chain.city.ids[chain.made.enterprise[known]]
    cell_of = dict(
        Enterprise.objects.filter(pk__in=np.unique(makers).tolist()).exclude(cell=None).values_list("pk", "cell")
    )
    placed = np.array([maker in cell_of for maker in makers.tolist()], dtype=bool)
    cells = np.array([cell_of[maker] for maker in makers[placed].tolist()], dtype=np.uint64)
    return cells, chain.made.amount[known[placed]]
