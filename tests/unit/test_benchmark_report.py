"""The page of the benchmarks: a new run replaces its own section and no other."""

from benchmarks.report import BENCHMARKS, page, read_sections, section

SCREEN, GROUPING = BENCHMARKS[1], BENCHMARKS[5]


def test_a_section_has_what_was_printed_the_command_and_the_machine() -> None:
    written = section(GROUPING, "\n  burst   .95  \n")
    assert "python -m benchmarks.grouping DIR/teamday" in written
    assert "cores" in written
    assert "```\n  burst   .95\n```" in written


def test_sections_survive_being_written_and_read() -> None:
    sections = {one.name: section(one, f"figures of {one.name}\n") for one in (GROUPING, SCREEN)}
    written = page(sections)
    assert read_sections(written) == sections
    assert page(read_sections(written)) == written
    assert written.index("## screen") < written.index("## grouping")


def test_every_benchmark_has_a_section_of_its_own_whatever_its_name() -> None:
    sections = {one.name: section(one, f"figures of {one.name}\n") for one in BENCHMARKS}
    assert read_sections(page(sections)) == sections


def test_a_page_that_is_not_there_yet_has_no_sections() -> None:
    assert read_sections("") == {}
