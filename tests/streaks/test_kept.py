from microwins.streaks.kept import KeptTogether


def test_what_is_made_of_several_things_is_made_anew_when_one_of_them_is_another() -> None:
    kept = KeptTogether[list[int], int]()
    made: list[int] = []
    first, second = [1], [2]

    def make() -> int:
        made.append(len(made))
        return len(made)

    assert [kept.of("a", (first, second), make) for _ in range(2)] == [1, 1]
    assert kept.of("a", (first, [2]), make) == 2
    assert kept.of("a", (first,), make) == 3
    assert kept.of("b", (first,), make) == 4
    assert len(made) == 4
