"""Small faults put into the engine, one at a time, to see that the cases notice.

A mutant is the source of a module with one change: a statement gone, subject and object of a pair
confused, the terms of a rule exchanged, a comparison or a condition turned round, a case never
taken, sets joined that are to be subtracted. Its functions take the place of the real ones (their
code objects are exchanged) while the cases run.
"""

import ast
import copy
import inspect
import types
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from jsbio_kg.reasoning import steps

STEPS = set(steps.__all__)


@dataclass(frozen=True)
class Mutant:
    """A module with one change."""

    module: types.ModuleType
    tree: ast.Module
    where: str
    change: str

    def __str__(self) -> str:
        return f"{self.where}: {self.change}"


def mutants(module: types.ModuleType) -> Iterator[Mutant]:
    """Give every mutant of the functions of a module."""
    tree = ast.parse(inspect.getsource(module))
    for path, function in _functions(tree):
        seen: Counter[str] = Counter()
        for node in ast.walk(function):
            for change, apply in _changes(node):
                mutated = copy.deepcopy(tree)
                apply(_same_place(mutated, tree, node))
                where = f"{module.__name__.rpartition('.')[2]}.{path}"
                seen[change] += 1
                again = f" ({seen[change]})" if seen[change] > 1 else ""
                yield Mutant(module, ast.fix_missing_locations(mutated), where, change + again)


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{node.name}.")


def _same_place(mutated: ast.Module, original: ast.Module, node: ast.AST) -> ast.AST:
    pairs = zip(ast.walk(original), ast.walk(mutated), strict=True)
    return next(twin for one, twin in pairs if one is node)


def _changes(node: ast.AST):
    """Give the changes that a node can suffer, each with what does it."""
    text = ast.unparse(node)
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
        yield f"without `{text}`", _to_nothing
    elif isinstance(node, ast.AugAssign):
        yield f"without `{text}`", _to_nothing_aug
    elif isinstance(node, ast.BinOp) and _is_part_of_pair(node):
        yield f"the other part of `{text}`", _to_other_part
    elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in STEPS:
        for at in range(1, len(node.args) - 1):
            if ast.unparse(node.args[at]) != ast.unparse(node.args[at + 1]):
                yield f"exchanged terms {at} of `{text}`", _exchange(at)
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in _OPPOSITE:
        yield f"the opposite of `{text}`", _to_opposite
    elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("names_of"):
        yield f"only one name in `{text}`", _to_one_name
    yield from _changes_of_choice(node)


def _changes_of_choice(node: ast.AST):
    """Give the changes to what decides between ways, and to how sets are brought together."""
    if isinstance(node, ast.match_case) and node.guard is None:
        yield f"never the case `{ast.unparse(node.pattern)}`", _to_never
    elif isinstance(node, ast.If | ast.IfExp):
        yield f"the opposite of the condition `{ast.unparse(node.test)}`", _to_other_way
    elif isinstance(node, ast.comprehension):
        for at, condition in enumerate(node.ifs):
            yield f"whatever `{ast.unparse(condition)}`", _to_always(at)
    elif isinstance(node, ast.BoolOp):
        for at, part in enumerate(node.values):
            yield f"without `{ast.unparse(part)}` in `{ast.unparse(node)}`", _to_rest(at)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OTHER_SET:
        yield f"other sets for `{ast.unparse(node)}`", _to_other_set


_OPPOSITE = {
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OTHER_SET = {ast.Sub: ast.BitOr, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd}


def _is_part_of_pair(node: ast.BinOp) -> bool:
    return isinstance(node.op, ast.FloorDiv | ast.Mod) and ast.unparse(node.right) == "SPAN"


def _to_nothing(node: ast.Expr) -> None:
    # a yield stays one, so that the function stays a generator
    is_yield = isinstance(node.value, ast.Yield | ast.YieldFrom)
    node.value = ast.YieldFrom(ast.Tuple([], ast.Load())) if is_yield else ast.Constant(None)


def _to_nothing_aug(node: ast.AugAssign) -> None:
    target = copy.deepcopy(node.target)
    for part in ast.walk(target):
        if hasattr(part, "ctx"):
            part.ctx = ast.Load()
    node.op, node.value = ast.Add(), ast.Constant(0)
    node.__class__ = ast.Assign
    node.targets, node.value, node.type_comment = [node.target], target, None


def _to_other_part(node: ast.BinOp) -> None:
    node.op = ast.Mod() if isinstance(node.op, ast.FloorDiv) else ast.FloorDiv()


def _to_opposite(node: ast.Compare) -> None:
    node.ops[0] = _OPPOSITE[type(node.ops[0])]()


def _to_never(node: ast.match_case) -> None:
    node.guard = ast.Constant(False)


def _to_other_way(node: ast.If | ast.IfExp) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _to_always(at: int):
    def apply(node: ast.comprehension) -> None:
        del node.ifs[at]

    return apply


def _to_rest(at: int):
    def apply(node: ast.BoolOp) -> None:
        del node.values[at]

    return apply


def _to_other_set(node: ast.BinOp) -> None:
    node.op = _OTHER_SET[type(node.op)]()


def _exchange(at: int):
    def apply(node: ast.Call) -> None:
        node.args[at], node.args[at + 1] = node.args[at + 1], node.args[at]

    return apply


def _to_one_name(node: ast.Call) -> None:
    node.func, node.args = ast.Name("list", ast.Load()), [ast.Tuple(node.args, ast.Load())]


@contextmanager
def installed(mutant: Mutant) -> Iterator[None]:
    """Let the functions of a mutant take the place of the real ones."""
    name = mutant.module.__name__
    scratch = {"__name__": name, "__package__": name.rpartition(".")[0]}
    exec(compile(mutant.tree, mutant.module.__file__, "exec"), scratch)
    exchanged = []
    try:
        for real, other in _pairs(vars(mutant.module), scratch, name):
            if real.__code__ != other.__code__:
                exchanged.append((real, real.__code__))
                real.__code__ = other.__code__
        assert exchanged, f"{mutant} changes nothing"
        _forget(mutant.module)
        yield
    finally:
        for real, code in exchanged:
            real.__code__ = code
        _forget(mutant.module)


def _forget(module: types.ModuleType) -> None:
    """Let the objects that a module keeps work out anew what they have worked out."""
    for kept in vars(module).values():
        for thing in kept if isinstance(kept, list) else ():
            for name in [n for n in getattr(thing, "__dict__", ()) if _is_cached(thing, n)]:
                del vars(thing)[name]


def _is_cached(thing: object, name: str) -> bool:
    return isinstance(getattr(type(thing), name, None), cached_property)


def _pairs(real: dict, other: dict, module: str):
    """Give the functions and methods of a module with their mutated twins."""
    for name, thing in real.items():
        thing, twin = _function(thing), _function(other.get(name))
        if getattr(thing, "__module__", None) != module:
            continue
        if isinstance(thing, types.FunctionType):
            yield thing, twin
        elif inspect.isclass(thing):
            yield from _pairs(dict(vars(thing)), dict(vars(twin)), module)


def _function(thing):
    """Return the function inside a property."""
    return getattr(thing, "func", None) or getattr(thing, "fget", None) or thing
