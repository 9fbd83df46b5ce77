"""`downstage assess`: the worked examples of docs/examples, its refusals, and its promises (docs/assess.md)."""
import json
import os
import pathlib

import harness
import jsonschema

DONE, USAGE, INPUT = 0, 2, 3


def assess(programs, case, out, *options, **kwargs):
    done = programs.run("assess", case, "-o", out, *options, **kwargs)
    assert done.returncode == DONE, f"exit {done.returncode}: {done.stderr}"
    return json.loads((pathlib.Path(out) / "assessment.json").read_text()), done


def answers(document):
    return {patient["patient"]["id"]: patient["timepoints"] for patient in document["patients"]}


def same(where, expected, got):
    assert expected == got, f"{where}: expected {expected}, got {got}"


def compare_visit(where, expected, got):
    for name in ("date", "recist_1_1", "irecist", "mrecist"):
        if name in expected:
            same(f"{where} {name}", expected[name], got[name])
    statuses = {verdict["criterion"]: verdict["status"] for verdict in got["eligibility"]}
    for criterion, status in expected["eligibility"].items():
        same(f"{where} {criterion}", status, statuses[criterion])
    stages = {staging["system"]: staging["stage"] for staging in got["stages"]}
    for system, stage in expected.get("stages", {}).items():
        same(f"{where} {system}", stage, stages[system])
    same(f"{where} conversion", expected["conversion"], got["conversion"]["status"])
    unmet = [item["item"] for item in got["conversion"]["items"] if item["status"] == "unmet"]
    same(f"{where} unmet", expected["unmet"], unmet)


def examples_give_what_was_derived_by_hand(programs, scratch):
    examples = programs.source / "docs" / "examples"
    for name, example in json.loads((examples / "expected.json").read_text()).items():
        options = ()
        if example["protocol"]:
            options = ("--protocol", programs.source / "docs" / "protocols" / example["protocol"])
        document, _ = assess(programs, examples / name, scratch / name, *options)
        got = answers(document)
        same(f"{name} patients", list(example["patients"]), list(got))
        for patient, visits in example["patients"].items():
            same(f"{name} {patient} visits", len(visits), len(got[patient]))
            for expected, visit in zip(visits, got[patient]):
                compare_visit(f"{name} {patient} {expected['date']}", expected, visit)


def schemas(programs):
    folder = programs.source / "docs" / "schema"
    return {s["$id"]: s for s in (json.loads(p.read_text()) for p in folder.glob("*.schema.json")) if "$id" in s}


def judge(programs, document, name):
    store = schemas(programs)
    schema = store[f"urn:downstage:{name}:1"]
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=store)
    for error in jsonschema.Draft202012Validator(schema, resolver=resolver).iter_errors(document):
        raise AssertionError(f"{name}: {error.json_path}: {error.message[:200]}")


def documents_are_valid_against_their_schemas(programs, scratch):
    docs = programs.source / "docs"
    judge(programs, json.loads((docs / "examples" / "one_patient.json").read_text()), "case")
    for protocol in (docs / "protocols").glob("*.json"):
        judge(programs, json.loads(protocol.read_text()), "protocol")
    for name in ("one_patient.json", "cohort.csv"):
        for options in ((), ("--explain",)):
            document, _ = assess(programs, docs / "examples" / name, scratch / "out", *options)
            judge(programs, document, "assessment")


def every_shipped_protocol_is_read_and_named_in_the_result(programs, scratch):
    docs = programs.source / "docs"
    names = []
    for protocol in sorted((docs / "protocols").glob("*.json")):
        document, _ = assess(programs, docs / "examples" / "one_patient.json", scratch / "out", "--protocol", protocol)
        names.append(document["protocol"]["name"])
    same("names", ["default", "pumch-resection", "transplant-after-downstaging"], names)


def the_default_protocol_needs_no_file(programs, scratch):
    """From an empty folder, the answer is that of docs/protocols/default.json, byte for byte."""
    docs = programs.source.resolve() / "docs"
    case = docs / "examples" / "one_patient.json"
    empty = scratch / "empty"
    empty.mkdir()
    assess(programs, case, scratch / "a", cwd=empty)
    assess(programs, case, scratch / "b", "--protocol", docs / "protocols" / "default.json")
    first, second = ((scratch / name / "assessment.json").read_bytes() for name in "ab")
    assert first == second, "another answer than with default.json"


def explain_prints_the_path_and_the_smallest_change(programs, scratch):
    examples = programs.source / "docs" / "examples"
    _, done = assess(programs, examples / "cohort.csv", scratch / "out", "--explain", "--quiet")
    for line in ("RULES 5.1, 5.1b", "largest diameter 31.1 mm (lesion 1); 31.1 mm < 30.0 mm: no",
                 "inside Milan (strict) if lesion 1 were 29.9 mm or less, 1.2 mm below today",
                 "macrovascular invasion unknown; is it absent: unknown, and unknown is not no"):
        assert line in done.stdout, f"not printed: {line}"
    assert done.stderr == "", done.stderr


def same_bytes_for_any_number_of_threads(programs, scratch):
    case = programs.source / "docs" / "examples" / "cohort.csv"
    for threads in (1, 7):
        assess(programs, case, scratch / str(threads), "--threads", threads)
    first, second = ((scratch / name / "assessment.json").read_bytes() for name in "17")
    assert first == second


def quiet_and_json_keep_the_streams_apart(programs, scratch):
    case = programs.source / "docs" / "examples" / "one_patient.json"
    _, done = assess(programs, case, scratch / "out", "--json", "--quiet")
    assert done.stderr == ""
    assert done.stdout == (scratch / "out" / "assessment.json").read_text()


def thousands_of_rows_are_done_in_seconds(programs, scratch):
    rows = ["patient_id,date,lesion_id,longest_diameter_mm,macrovascular_invasion,extrahepatic_disease,afp_ng_ml"]
    for patient in range(500):
        for month in (1, 3, 5, 7):
            size = 20 + (patient * 7 + month * 3) % 60
            rows.append(f"P{patient},2024-0{month}-01,1,{size}.5,no,no,{patient}")
    (scratch / "many.csv").write_text("\n".join(rows) + "\n")
    document, _ = assess(programs, scratch / "many.csv", scratch / "out", "--quiet")
    same("patients", 500, len(document["patients"]))


HEAD = "patient_id,date,lesion_id,longest_diameter_mm"
REFUSED_CSV = {
    "decimal comma": (HEAD + '\nSECRET,2024-01-01,1,"43,5"\n', ("line 2", "longest_diameter_mm", "43.50")),
    "decimal comma splits": (HEAD + "\nSECRET,2024-01-01,1,43,5\n", ("line 2", "decimal comma")),
    "centimetres": (HEAD + "\nSECRET,2024-01-01,1,4.2\nSECRET,2024-01-01,2,1.5\n", ("line 2", "centimetres")),
    "unit in the value": (HEAD + "\nSECRET,2024-01-01,1,4.2 cm\n", ("line 2", "longest_diameter_mm", "centimetres")),
    "no such date": (HEAD + "\nSECRET,2024-02-30,1,42\n", ("line 2", "date", "does not exist")),
    "another form of date": (HEAD + "\nSECRET,01.02.2024,1,42\n", ("line 2", "date", "YYYY-MM-DD")),
    "follow-up before baseline": (HEAD + "\nSECRET,2024-03-01,1,42\nSECRET,2024-02-01,1,40\n", ("line 3", "date", "baseline")),
    "lesion twice": (HEAD + "\nSECRET,2024-03-01,1,42\nSECRET,2024-03-01,1,40\n", ("line 3", "lesion_id", "twice")),
    "no size": (HEAD + "\nSECRET,2024-03-01,1,\n", ("line 2", "longest_diameter_mm", "missing")),
    "a text": (HEAD + "\nSECRET,2024-03-01,1,large\n", ("line 2", "longest_diameter_mm", "no number")),
    "too large": (HEAD + "\nSECRET,2024-03-01,1,4200\n", ("line 2", "longest_diameter_mm", "4200")),
    "albumin in g/dL": (HEAD + ",albumin_g_l\nSECRET,2024-03-01,1,42,3.9\n", ("line 2", "albumin_g_l")),
    "contradiction": (HEAD + ",ecog\nSECRET,2024-03-01,1,42,0\nSECRET,2024-03-01,2,20,1\n", ("line 3", "ecog")),
    "semicolons": (HEAD.replace(",", ";") + "\n", ("semicolons",)),
}


def visit(date, *lesions):
    return {"date": date, "lesions": [dict(zip(("id", "longest_diameter_mm"), lesion)) for lesion in lesions]}


def case_file(*visits, **more):
    return {"schema": "downstage.case/1", "patient": {"id": "SECRET"}, "visits": list(visits), **more}


ONE = visit("2024-01-01", ("1", 42))
REFUSED_JSON = {
    "decimal comma": (case_file(visit("2024-01-01", ("1", "43,5"))), ("visits[0]", "lesions[0]", "longest_diameter_mm")),
    "no such date": (case_file(visit("2023-02-29", ("1", 42))), ("visits[0]", "date", "does not exist")),
    "follow-up before baseline": (case_file(ONE, visit("2023-12-01", ("1", 40))), ("date", "baseline")),
    "date twice": (case_file(ONE, ONE), ("date", "two visits")),
    "lesion twice": (case_file(visit("2024-01-01", ("1", 42), ("1", 20))), ("lesions[1]", "lesion_id", "twice")),
    "patient twice": ({"schema": "downstage.case/1", "cases": [case_file(ONE), case_file(ONE)]}, ("cases[1]", "patient.id")),
    "another schema": ({**case_file(ONE), "schema": "downstage.case/9"}, ("schema",)),
    "no visits": (case_file(), ("no visit",)),
    "wrong clinical value": (case_file(ONE, clinical={"ecog": 7}), ("clinical", "ecog")),
}


def refused(programs, scratch, name, file, status, words):
    out = scratch / "new"
    done = programs.run("assess", file, "-o", out)
    assert done.returncode == status, f"{name}: exit {done.returncode}, not {status}: {done.stderr}"
    assert len(done.stderr.strip().splitlines()) == 1, f"{name}: {done.stderr}"
    for word in words:
        assert word in done.stderr, f"{name}: '{word}' is not in: {done.stderr}"
    assert "SECRET" not in done.stderr, f"{name}: the patient is named: {done.stderr}"
    assert not out.exists(), f"{name}: something was left"


def wrong_values_are_refused_with_row_and_field(programs, scratch):
    for name, (text, words) in REFUSED_CSV.items():
        file = scratch / "case.csv"
        file.write_text(text)
        refused(programs, scratch, name, file, INPUT, words)


def wrong_json_is_refused_with_place_and_field(programs, scratch):
    for name, (document, words) in REFUSED_JSON.items():
        file = scratch / "case.json"
        file.write_text(json.dumps(document))
        refused(programs, scratch, name, file, INPUT, words)
    refused(programs, scratch, "no file", scratch / "nothing.json", INPUT, ("cannot be opened",))


def small_lesions_are_taken_where_the_unit_is_stated(programs, scratch):
    file = scratch / "case.csv"
    file.write_text(HEAD + ",unit\nP,2024-01-01,1,8.5,mm\n")
    assess(programs, file, scratch / "out")


WRONG_PROTOCOLS = {
    "mistyped field": ({"schema": "downstage.protocol/1", "max_ecg": 1}, ("max_ecg",)),
    "wrong word": ({"schema": "downstage.protocol/1", "responses": ["PD"]}, ("responses",)),
    "no criterion": ({"schema": "downstage.protocol/1", "size_rule": "milano"}, ("size_rule",)),
    "negative": ({"schema": "downstage.protocol/1", "hold_weeks": -1}, ("hold_weeks",)),
    "no number": ({"schema": "downstage.protocol/1", "min_cycles": "two"}, ("min_cycles",)),
    "another schema": ({"schema": "other"}, ("schema",)),
}


def wrong_protocols_are_refused_with_the_field(programs, scratch):
    case = programs.source / "docs" / "examples" / "one_patient.json"
    for name, (document, words) in WRONG_PROTOCOLS.items():
        file = scratch / "protocol.json"
        file.write_text(json.dumps(document))
        done = programs.run("assess", case, "-o", scratch / "out", "--protocol", file)
        assert done.returncode == USAGE, f"{name}: exit {done.returncode}: {done.stderr}"
        for word in words:
            assert word in done.stderr, f"{name}: '{word}' is not in: {done.stderr}"
        assert not os.path.exists(scratch / "out"), name


if __name__ == "__main__":
    harness.run_case({name: case for name, case in globals().items()
                      if callable(case) and getattr(case, "__module__", "") == "__main__"})
