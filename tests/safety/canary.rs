//! A secret in every input, and none in any output.

use golive::report::Format;

use super::planted::{as_name, manifest, rotations, scene};
use super::scene::{Done, Scene};
use super::search::Canary;

/// Asserts that nothing of any canary stands in `text`, nor in it without the breaks that a narrow
/// terminal puts in.
pub(super) fn assert_clean(canaries: &[Canary], text: &str, what: &str) {
    let unbroken = unbroken(text);
    for canary in canaries {
        for text in [text, &unbroken] {
            let given = canary.given_away(text);
            let around = given.first().map_or_else(String::new, |given| around(text, given));
            assert!(given.is_empty(), "{what}: {} {given:?}\n{around}", canary.shape);
        }
    }
}

/// `text` without white space and the bars of tables.
pub(super) fn unbroken(text: &str) -> String {
    text.chars().filter(|one| !one.is_whitespace() && !"│┆|·╎".contains(*one)).collect()
}

/// The line of `text` that holds `needle`, and those around it.
fn around(text: &str, needle: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let holds = |line: &&str| line.to_lowercase().contains(&needle.to_lowercase());
    let at = lines.iter().position(holds).unwrap_or_default();
    lines[at.saturating_sub(2)..(at + 3).min(lines.len())].join("\n")
}

/// Every way to look at one run.
fn looks(scene: &Scene, typed: &[&str]) -> Vec<(String, Done)> {
    let mut looks = Vec::new();
    for width in [40, 80, 200] {
        looks.push((format!("checklist {width}"), scene.check_at(width, typed)));
    }
    for more in [
        vec!["--plain"],
        vec!["--plan"],
        vec!["--plan", "--format", "json"],
        vec!["--plan", "--plain"],
        vec!["--gate", "change"],
        vec!["--environment", "production"],
        vec!["--environment", "nowhere"],
    ] {
        looks.push((more.join(" "), scene.check(&[typed, &more].concat())));
    }
    looks
}

fn assert_all_clean(canaries: &[Canary], scene: &Scene, typed: &[&str]) {
    for (look, done) in looks(scene, typed) {
        for (stream, text) in
            [("output", &done.output), ("errors", &done.errors), ("progress", &done.progress)]
        {
            assert_clean(canaries, text, &format!("{look} {stream}"));
        }
        let spoke = !done.output.is_empty() || look.contains("nowhere");
        assert!(spoke, "{look} shows nothing: {}", done.errors);
    }
    let files = Format::ALL.map(|format| format!("{0}=report.{0}", format.as_str()));
    let every: Vec<&str> = files.iter().flat_map(|file| ["--output", file]).collect();
    scene.check(&[typed, &every].concat());
    for format in Format::ALL.map(Format::as_str) {
        let name = format!("report.{format}");
        assert_clean(canaries, &scene.read(&name), &name);
    }
}

#[test]
fn files_give_nothing_away() {
    for canaries in rotations() {
        let scene = scene(&canaries);
        assert_all_clean(&canaries, &scene, &[]);
        let report = scene.check(&[]).output;
        assert!(report.contains("/•••"), "{report}");
        scene.write("project/golive.yaml", &manifest(&canaries[0].value()));
        assert_all_clean(&canaries, &scene, &[]);
    }
}

#[test]
fn the_judged_folder_may_be_called_like_a_secret() {
    for canaries in rotations() {
        let scene = Scene::new(&[]);
        let name = as_name(&canaries[0].value());
        let key = canaries[0].value();
        scene.write(&format!("{name}/.env.sandbox"), &format!("BEGINI_API_KEY={key}\n"));
        for format in Format::ALL.map(Format::as_str) {
            let done = scene.golive(80, &["check", &name, "--format", format]);
            assert_clean(&canaries, &done.output, format);
            let told = done.output.contains("begini") || format == "gitlab";
            assert!(told, "{}", done.output);
        }
    }
}

#[test]
fn the_demo_shows_none_of_its_keys() {
    let keys = golive::standin::deployments().unwrap().into_iter();
    let canaries: Vec<Canary> = keys
        .map(|one| Canary {
            shape: "demo",
            prefix: String::new(),
            secret: one.api_key.expose().to_owned(),
        })
        .collect();
    let scene = Scene::new(&[]);
    let formats = Format::ALL.map(|format| vec!["demo", "--format", format.as_str()]);
    for typed in [vec!["demo", "--ready"]].into_iter().chain(formats) {
        for width in [40, 120] {
            let done = scene.golive(width, &typed);
            assert_clean(&canaries, &done.output, &typed.join(" "));
            assert_clean(&canaries, &done.errors, &typed.join(" "));
            assert_clean(&canaries, &done.progress, &typed.join(" "));
            assert!(done.output.contains("begini"), "{}", done.output);
        }
    }
}
