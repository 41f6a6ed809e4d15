"""Finds text that reaches a widget as a plain ``str``: Textual would read it as markup.

A text is fine as a literal without brackets, or as something known to be ``Content``: a call of a function
that is annotated so, or a name that is annotated so or was assigned such a call. A table's cells are rich's
``Text``, which is as harmless.
"""

import ast
from pathlib import Path

TUI = Path(__file__).parents[2] / "tshoot" / "tui"
WIDGETS = {
    *("Static", "Label", "Button", "Option", "Checkbox", "RadioButton", "RadioSet", "SelectionList"),
    *("Collapsible", "Tab", "TabPane", "Markdown", "Link", "Digits", "Hit", "DiscoveryHit"),
}
"""Their first positional argument is drawn; a hit's is its second."""
METHODS = {
    "update": 0,
    "notify": 0,
    "add_option": 0,
    "replace_option_prompt": 1,
    "replace_option_prompt_at_index": 1,
    "add_column": 0,
    "add_row": 0,
    "from_markup": 0,
}
DRAWN = {"border_title", "border_subtitle", "tooltip", "label", "loading_text"}
NOTIFIES = "toast.py"
"""The one module that may call ``notify``; it turns markup off (test_toasts.py)."""


def problems_of(source, name="module.py", makers=frozenset()):
    """Lines ``name:line`` of every text that is not proven harmless."""
    tree = ast.parse(source)
    known = makers | _makers(tree)
    return [
        f"{name}:{text.lineno}" for text, scope in _texts(tree, name) if not _harmless(text, scope, known)
    ]


def all_makers():
    """The names of all functions below tui that are annotated to give ``Content``."""
    return frozenset().union(*(_makers(ast.parse(path.read_text())) for path in TUI.rglob("*.py")))


def _makers(tree):
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {node.name for node in functions if _is_content(node.returns)}


def _is_content(annotation):
    return annotation is not None and ast.unparse(annotation).strip("'\"") in {"Content", "Text"}


def _texts(tree, name):
    """Every expression that is drawn, with the names that are known to be Content where it stands."""
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
            for node in _own_nodes(scope):
                for text in _drawn_by(node, name):
                    yield text, scope


def _own_nodes(scope):
    todo = list(ast.iter_child_nodes(scope))
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            todo += ast.iter_child_nodes(node)


def _drawn_by(node, name):
    if isinstance(node, ast.Assign):
        targets = [target for target in node.targets if isinstance(target, ast.Attribute)]
        yield from (node.value for target in targets if target.attr in DRAWN)
    if not isinstance(node, ast.Call):
        return
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    place = METHODS.get(called) if isinstance(node.func, ast.Attribute) else None
    if called in WIDGETS:
        place = 1 if called == "Hit" else 0
    if place is None or (called == "notify" and name == NOTIFIES):
        return
    if called == "update" and _is_dict_update(node):
        return
    yield from node.args[place : place + 1]


def _is_dict_update(node):
    return not node.args or isinstance(node.args[0], ast.Dict)


def _harmless(text, scope, makers):
    if isinstance(text, ast.Constant):
        return isinstance(text.value, str) and "[" not in text.value
    if isinstance(text, ast.Call):
        called = text.func.attr if isinstance(text.func, ast.Attribute) else getattr(text.func, "id", "")
        return called in makers | {"Content", "Text", "assemble", "styled", "join", "wrap"}
    if isinstance(text, ast.Starred) and isinstance(text.value, ast.GeneratorExp):
        return _harmless(text.value.elt, scope, makers)
    if isinstance(text, ast.IfExp):
        return _harmless(text.body, scope, makers) and _harmless(text.orelse, scope, makers)
    if isinstance(text, ast.BinOp):
        # Content takes in what is added to it as it stands.
        sides = [side for side in (text.left, text.right) if not isinstance(side, ast.Constant)]
        return any(_harmless(side, scope, makers) for side in sides)
    if isinstance(text, ast.Name):
        return _name_is_content(text.id, scope, makers)
    if isinstance(text, ast.Attribute):
        return text.attr in _ATTRIBUTES
    return False


_ATTRIBUTES = {"_content"}
"""Attributes annotated as Content where they are set."""


def _name_is_content(name, scope, makers):
    if isinstance(scope, ast.Module):
        return False
    arguments = [*scope.args.args, *scope.args.kwonlyargs]
    if any(each.arg == name and _is_content(each.annotation) for each in arguments):
        return True
    assigned = []
    for node in _own_nodes(scope):
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == name:
            assigned.append(_is_content(node.annotation))
        elif isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") == name for target in node.targets
        ):
            assigned.append(_harmless(node.value, scope, makers))
    return bool(assigned) and all(assigned)
