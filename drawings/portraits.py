"""Draw the ten colleagues of Selvarra into ``book/drawings``, each once and all side by side.

Run it by hand, when somebody is to look otherwise: ``drawings/README.md`` says what it needs. The
style is Open Peeps by Pablo Stanley, in the public domain (CC0 1.0). Each person is set trait by
trait, and nothing is left to chance: the same call writes the same bytes. Only colleagues are
drawn, never a person affected.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import dicebear_styles
from dicebear import Avatar, Style

TO = Path(__file__).parents[1] / "book" / "drawings"
INK, GREY, WHITE = "#1d2b30", "#b9b3ac", "#cfcac2"
LIGHT, SAND, AMBER, BROWN, DEEP = "#f3cfa8", "#e3ae80", "#d08b5b", "#a5663c", "#7d5139"
# of the style's 704: the head and the shoulders, for 40 pixels on a phone
LEFT, TOP, SIDE = 42, 30, 640

# skin, clothes and ground, and the parts that are drawn
PEOPLE = {
    "kessa": (BROWN, "#e3b04b", "#f3e3c3", {"head": "bun"}),
    "ruvo": (AMBER, "#93b08a", "#dfe8d6", {"head": "short1", "facialHair": "full"}),
    "ilden": (SAND, "#4f9296", "#d3e6e4", {"head": "grayMedium", "accessories": "glasses5"}),
    "temmi": (DEEP, "#cf7f5b", "#f5ddd0", {"head": "twists"}),
    "maro": (LIGHT, "#7f9cbd", "#dbe4ef", {"head": "medium1", "accessories": "glasses3"}),
    "yevan": (SAND, "#c9a24a", "#efe6cd", {"head": "grayShort"}),
    "linde": (BROWN, "#a97f9d", "#eadfe8", {"head": "afro"}),
    "oskel": (AMBER, "#5f9ea0", "#d9e8e4", {"head": "hijab"}),
    "brann": (SAND, "#56708f", "#d8e0e9", {"head": "flatTop", "facialHair": "moustache5"}),
    "bashel": (BROWN, "#cdb98f", "#efe7d8", {"head": "noHair1", "facialHair": "full4"}),
}
HAIR = {"ilden": GREY, "yevan": GREY, "bashel": WHITE}


def traits(name: str) -> dict[str, object]:
    """Say everything that the style would otherwise draw by lot."""
    skin, clothes, _, parts = PEOPLE[name]
    chosen: dict[str, object] = {
        "seed": "four-ps",
        "expressionVariant": ["smile"],
        "inkColor": [INK],
        "skinColor": [skin],
        "clothingColor": [clothes],
        "maskProbability": 0,
    }
    for part in ("head", "facialHair", "accessories"):
        chosen[f"{part}Variant"] = [parts[part]] if part in parts else []
        chosen[f"{part}Probability"] = 100 * (part in parts)
    if name in HAIR:
        chosen["headContrastColor"] = [HAIR[name]]
    return {key: value for key, value in chosen.items() if value != []}


def small(svg: str, name: str, svgo: Path) -> str:
    """Round what no screen shows, crop to the head, and put a ground behind the black line."""
    ground = PEOPLE[name][2]
    box = f'viewBox="{LEFT} {TOP} {SIDE} {SIDE}"'
    svg = re.sub(r"<metadata.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'viewBox="[^"]*"', box, svg, count=1)
    end = svg.index(">") + 1
    back = f'<path fill="{ground}" d="M{LEFT} {TOP}h{SIDE}v{SIDE}h-{SIDE}z"/>'
    command = [svgo, "--config", Path(__file__).with_name("svgo.config.mjs"), "--input", "-"]
    done = subprocess.run(
        command, input=svg[:end] + back + svg[end:], capture_output=True, text=True, check=True
    )
    # each name stands once in the file of all
    return re.sub(r'(?<=[#"])([a-z])(?=["\)])', rf"{name}-\1", done.stdout.strip())


def main(svgo: Path) -> None:
    """Write one file a person, and one with all of them in a row."""
    source = Path(next(iter(dicebear_styles.__path__))) / "open-peeps.json"
    style = Style(json.loads(source.read_text("utf-8")))
    row = ""
    for place, name in enumerate(PEOPLE):
        svg = small(str(Avatar(style, traits(name))), name, svgo)
        (TO / f"{name}.svg").write_text(svg + "\n", "utf-8")
        where = f'<svg x="{place * SIDE}" width="{SIDE}" height="{SIDE}"'
        row += svg.replace('<svg xmlns="http://www.w3.org/2000/svg"', where, 1)
    box = f"0 0 {SIDE * len(PEOPLE)} {SIDE}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none">'
    (TO / "people.svg").write_text(f"{head}{row}</svg>\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
