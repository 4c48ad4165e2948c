"""However a model file is damaged, and whenever: it is noticed before it measures, or it is not damaged."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import ModelError
from fixtures.seeds import seed
from fixtures.spoilt_models import copy_models
from models import manifest
from models.local import LocalModels
from models.manifest import manifest as known_models
from models.things import ThingFinder

Damage = Callable[[bytearray, random.Random], None]


def flip_one_bit(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def swap_two_blocks(content: bytearray, chance: random.Random) -> None:
    size = chance.choice((16, 512, 4096))
    one, other = sorted(chance.sample(range(len(content) // size), 2))
    one, other = one * size, other * size
    content[one : one + size], content[other : other + size] = (
        content[other : other + size],
        content[one : one + size],
    )


def lose_the_end_to_zeros(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    content[at:] = bytes(len(content) - at)


def shift_by_a_byte(content: bytearray, chance: random.Random) -> None:
    content.insert(chance.randrange(len(content)), 0)
    content.pop()


def cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


DAMAGES: tuple[Damage, ...] = (flip_one_bit, swap_two_blocks, lose_the_end_to_zeros, shift_by_a_byte, cut)


def test_no_damage_is_measured_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_long: bool, counts: Any
) -> None:
    chance = random.Random(seed())
    folder = copy_models(tmp_path)
    monkeypatch.setattr(manifest, "_folder", lambda: folder)
    LocalModels().check()
    for number in range(400 if is_long else 20):
        model = known_models()[number % len(known_models())]
        path = folder / model.file
        sound = path.read_bytes()
        spoilt = bytearray(sound)
        damage = DAMAGES[number // len(known_models()) % len(DAMAGES)]
        damage(spoilt, chance)
        path.write_bytes(spoilt)
        times = path.stat()
        try:
            if model.id == "thing_classes":  # loaded when somebody searches, by no run
                ThingFinder()
            elif model.id == "thing_detector":
                _ = LocalModels()().thing_detector
            else:
                LocalModels().check()
            refused = False
        except ModelError as error:
            refused = model.file in str(error)
        assert refused == (spoilt != sound), (damage.__name__, model.file)
        path.write_bytes(sound)  # a file that is put back counts again, though its times may be as they were
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        LocalModels().check()
        counts.add(tried=1, refused=int(refused), survived=int(not refused))


def test_a_file_exchanged_for_another_model_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_models(tmp_path)
    monkeypatch.setattr(manifest, "_folder", lambda: folder)
    shutil.copyfile(folder / "face_landmarker.onnx", folder / "yunet.onnx")
    with pytest.raises(ModelError, match=r"yunet\.onnx is damaged"):
        LocalModels().check()


def test_a_file_spoilt_between_the_check_and_the_worker_is_noticed_by_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_models(tmp_path)
    monkeypatch.setattr(manifest, "_folder", lambda: folder)
    models = LocalModels()
    models.check()
    loaded = models()
    with (folder / "sface.onnx").open("r+b") as file:
        file.seek(5_000_000)
        file.write(b"spoilt")
    assert loaded.face_detector is not None
    with pytest.raises(ModelError, match=r"sface\.onnx is damaged"):
        _ = loaded.face_identifier
