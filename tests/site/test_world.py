from kaohe_web.cycles.models import Duty
from kaohe_web.cycles.queries import visible_cycles, visible_units
from world import World


def test_everybody_sees_their_part_of_the_year(world: World) -> None:
    seen = {
        name: [unit.unit.code for unit in visible_units(world.actor(name), world.cycle)]
        for name in world.posts
        if visible_cycles(world.actor(name)).exists()
    }
    assert seen == {
        "office": ["u01", "u02", "u03"],
        "leader": ["u01", "u02", "u03"],
        "provider": ["u01", "u02", "u03"],
        "assessor": ["u01", "u02", "u03"],
        "unit_office": ["u01"],
        "liaison": ["u01"],
        "other_liaison": ["u01"],
        "foreign_office": ["u02"],
        "foreign_liaison": ["u02"],
    }
    assert Duty.objects.filter(department=world.departments["u01", "经信局"]).count() == 2
