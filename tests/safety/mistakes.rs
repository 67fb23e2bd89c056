//! Mistakes in files of the tool, beside secrets.

use super::canary::assert_clean;
use super::planted::{as_name, confirmations, quoted, rotations, scene};

#[test]
fn mistakes_are_shown_without_secrets() {
    for canaries in rotations() {
        let key = canaries[0].value();
        let text = quoted(&key);
        let name = as_name(&key);
        let scene = scene(&canaries);
        let mistakes = [
            ("golive.yaml", format!("environments: {{ {text}: {{ class: {text} }} }}\n")),
            ("golive.yaml", format!("{text}: {text}\nroles: {{ {text}: {text} }}\n")),
            (
                "golive.yaml",
                format!("roles: {{ begini/api-key: {text}, begini/api-kye: {text} }}\n"),
            ),
            ("golive.yaml", format!("packs: [{text}]\nparameters: {{ {text}: {text} }}\n")),
            ("golive.yaml", format!("parameters: {{ begini/api-host: {text} }}\n")),
            (
                "golive.yaml",
                format!("fingerprints: {{ salt: x, production: {{ a/b: {text} }} }}\n"),
            ),
            ("golive.yaml", format!("# {text}\nhosts: [{text}\n{text}: {{\n")),
            (
                "golive.yaml",
                format!("waivers:\n  - {{ findings: [{text}], owner: {text}, until: {text} }}\n"),
            ),
            (
                "golive.confirmations.yaml",
                format!("confirmations:\n  - {{ check: {text}, by: {text}, date: {text} }}\n"),
            ),
            (
                "golive.confirmations.yaml",
                confirmations(&key).replace("2027-01-01", &name).replace("begini/", &name),
            ),
        ];
        for (file, mistake) in mistakes {
            let before = (file == "golive.confirmations.yaml").then(|| confirmations(&key));
            scene.write(&format!("project/{file}"), &mistake);
            for (width, more) in
                [(40, vec![]), (120, vec!["--plain"]), (80, vec!["--format", "json"])]
            {
                let done = scene.check_at(width, &more);
                assert_clean(&canaries, &done.errors, &mistake);
                assert_clean(&canaries, &done.output, &mistake);
                assert_eq!(done.exit, golive::cli::Exit::CannotWork, "{mistake}");
                assert!(done.errors.contains(file), "{}", done.errors);
            }
            let rest = before.unwrap_or_else(|| "{}\n".to_owned());
            scene.write(&format!("project/{file}"), &rest);
        }
    }
}

#[test]
fn mistakes_of_packs_and_recordings_are_shown_without_secrets() {
    for canaries in rotations() {
        let key = canaries[0].value();
        let text = quoted(&key);
        let scene = scene(&canaries);
        scene.write(
            "run.json",
            &format!("{{ \"schema\": {text}, {text}: [{text}], \"clock\": {text} }}"),
        );
        let pack =
            format!("title: {text}\n{text}: {text}\nessential: [{text}]\nroles: {{ x: {text} }}\n");
        scene.write("project/checks/mine/pack.yaml", &pack);
        scene.write(
            &format!("project/checks/mine/{}.yaml", as_name(&key)),
            &format!("title: {text}\n{text}: 1\nforbid: {{ role: {text} }}\nwhen: {text}\n"),
        );
        for typed in [["--replay", "run.json"], ["--packs", "project/checks"]] {
            for more in [vec![], vec!["--plain"]] {
                let done = scene.check(&[&typed[..], &more].concat());
                assert_eq!(done.exit, golive::cli::Exit::CannotWork);
                assert_clean(&canaries, &done.errors, typed[0]);
                assert!(done.errors.len() > 100, "{}", done.errors);
            }
        }
    }
}
