"""What the script calls what it makes: the variable, attribute or argument that a
call is written for.

    lock = asyncio.Lock()                           lock
    self._lock = asyncio.Lock()                     lock
    forks = [asyncio.Lock() for _ in range(5)]      forks
    locks[name] = asyncio.Lock()                    locks
    serve(limit=asyncio.Semaphore(3))               limit
    print(asyncio.Lock())                           (none)
"""

import ast
from typing import NamedTuple, Optional

#: Methods that keep for their receiver what they are given.
_KEEP = {"append", "add", "insert", "setdefault", "appendleft"}
#: What an expression is still part of what is named.
_PARTS = (
    ast.List,
    ast.Tuple,
    ast.Set,
    ast.Dict,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.IfExp,
    ast.BoolOp,
    ast.Starred,
)
#: Functions that make one thing of several.
_GATHER = {"list", "tuple", "set", "dict", "deque"}


class Call(NamedTuple):
    """A call in the script."""

    line: int
    column: int
    function: Optional[str]
    name: Optional[str]


def calls(tree: ast.AST) -> list[Call]:
    """All calls in it."""
    found: list[Call] = []
    todo: list[tuple[ast.AST, Optional[str]]] = [(tree, None)]
    while todo:
        node, name = todo.pop()
        if isinstance(node, ast.Call):
            found.append(Call(node.lineno, node.col_offset, _last(node.func), name))
        todo += _inside(node, name)
    return found


def _inside(node: ast.AST, name: Optional[str]) -> list[tuple[ast.AST, Optional[str]]]:
    """What is directly in it, each with the name that it is for."""
    if isinstance(node, ast.Assign):
        target = node.targets[0]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            if len(target.elts) == len(node.value.elts):
                return [(v, _name(t)) for t, v in zip(target.elts, node.value.elts)]
        return [(node.value, _name(target))]
    if isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        return [(node.value, _name(node.target))]
    if isinstance(node, ast.keyword):
        return [(node.value, node.arg)]
    if isinstance(node, ast.Call):
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in _KEEP:
            inside = _name(function.value)
        else:
            inside = name if _last(function) in _GATHER else None
        named = [(keyword, None) for keyword in node.keywords]
        return [(function, None), *((arg, inside) for arg in node.args), *named]
    passes = name if isinstance(node, (*_PARTS, ast.Await)) else None
    return [(child, passes) for child in ast.iter_child_nodes(node)]


def _name(target: ast.AST) -> Optional[str]:
    if isinstance(target, ast.Subscript):
        return _name(target.value)
    return (_last(target) or "").lstrip("_") or None


def _last(node: ast.AST) -> Optional[str]:
    """`c` in `a.b.c`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None
