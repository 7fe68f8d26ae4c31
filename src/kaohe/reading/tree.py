"""YAML text → nodes that remember line and digits; what YAML can be abused for is refused."""

import re
from collections.abc import Iterator

import yaml

from kaohe.location import Location, Mistake
from kaohe.nodes import Kind, Mapping, Mistaken, Mistakes, Node, Scalar, Sequence

MOST_CHARACTERS = 2_000_000
MOST_NODES = 20_000
MOST_DEPTH = 24

UNREADABLE = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
)
"""The characters that YAML does not allow."""

UNREADABLE_SAYS = "含有 YAML 不允许的字符；请删去它，或用 UTF-8 文本重新保存"


def read_tree(text: str, file: str) -> Node:
    """The nodes of one YAML document; scalars keep their printed characters.

    Aliases, tags, merge keys, several documents, duplicate keys, deep nesting and very long texts
    are refused: a rubric needs none of them, and each has been an attack.

    :raises Mistaken: with line and column.
    """
    if len(text) > MOST_CHARACTERS:
        raise Mistaken(
            [
                Mistake(
                    str(Location(file, "")),
                    f"文件超过 {MOST_CHARACTERS} 个字符，不像是评分细则；请核对文件",
                )
            ]
        )
    mistakes = Mistakes()
    builder = _Builder(file, mistakes)
    try:
        node = builder.document(yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise Mistaken([Mistake(str(Location(file, place)), _syntax(error))]) from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise Mistaken(
            [Mistake(str(Location(file, _unreadable(text))), UNREADABLE_SAYS)]
        ) from error
    mistakes.stop_if_any()
    if node is None:
        raise Mistaken([Mistake(str(Location(file, "")), "文件是空的；请写入评分细则")])
    return node


def _unreadable(text: str) -> str:
    """Where the first character stands that YAML does not allow."""
    found = UNREADABLE.search(text)
    if found is None:
        return ""
    before = text[: found.start()]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def _syntax(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "无法读懂"
    return f"YAML 写法有误（{problem}）；请检查缩进、冒号后的空格、引号和括号是否成对"


class _Builder:
    """Walks the parser's events without recursion in the parser; depth and size are counted."""

    def __init__(self, file: str, mistakes: Mistakes) -> None:
        self.file, self.mistakes, self.count = file, mistakes, 0

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        """The one document of the stream."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.refuse(event, "文件里有不止一个 YAML 文档；请只留一个")
                root = self.node(next(events), events, 0)
        return root

    def at(self, event: yaml.Event) -> Location:
        """Where an event begins, counted from 1."""
        mark = event.start_mark
        assert mark is not None, "a parser marks its events"  # noqa: S101 -- cannot be else
        return Location(self.file, f"{mark.line + 1}:{mark.column + 1}")

    def refuse(self, event: yaml.Event, message: str) -> None:
        """Stop at once: what follows cannot be trusted."""
        self.mistakes.add(self.at(event), message)
        self.mistakes.stop_if_any()

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        """One node and what is below it."""
        self.count += 1
        if depth > MOST_DEPTH:
            self.refuse(event, f"嵌套超过 {MOST_DEPTH} 层；评分细则不需要这么深，请核对缩进")
        if self.count > MOST_NODES:
            self.refuse(event, f"超过 {MOST_NODES} 个值；不像是评分细则，请核对文件")
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, "不能使用 YAML 引用（*名称）；请把内容写在原处")
        assert isinstance(event, yaml.NodeEvent), "the grammar of YAML"  # noqa: S101 -- cannot be else
        if event.anchor is not None:
            self.refuse(event, "不能使用 YAML 锚点（&名称）；请把内容写在原处")
        if getattr(event, "tag", None) is not None:
            self.refuse(event, "不能使用 YAML 类型标记（!名称）；请只写内容")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, events, depth)
        assert isinstance(event, yaml.ScalarEvent), "the only kind left"  # noqa: S101 -- cannot be else
        plain_null = not event.style and event.value in ("", "~", "null")
        return Scalar(event.value, self.at(event), Kind.NULL if plain_null else Kind.TEXT)

    def sequence(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Sequence:
        """The items up to the end of a sequence."""
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.node(event, events, depth + 1))
        return Sequence(tuple(items), self.at(start))

    def mapping(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Mapping:
        """The entries up to the end of a mapping; a key stands once."""
        entries: dict[str, Node] = {}
        keys: dict[str, Location] = {}
        repeated: list[tuple[Location, str]] = []
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.mistakes.add(key.at, "名称应是一个词，不能是列表或一组值")
            elif key.text in entries:
                before = keys[key.text].place
                repeated.append((key.at, f"“{key.text}”写了两次（前一次在 {before}）；请只留一个"))
            else:
                entries[key.text], keys[key.text] = value, key.at
        return Mapping(entries, keys, self.at(start), tuple(repeated))
