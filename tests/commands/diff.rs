//! `golive diff`.

use serde_json::Value;

use super::stage::{Stage, fits, production_key, projects, sandbox_key};

/// Every relation once.
fn stage() -> Stage {
    let both = "a0b1c2d3e4f5a6b7c8d9e0f1";
    Stage::new(&[
        (
            ".env.sandbox",
            &format!(
                "BEGINI_API_KEY={}\nBEGINI_INTEGRATION_ID={both}\n\
                 BEGINI_WEBHOOK_URL=https://hooks.lender.co.ke/begini\nA_TOKEN=${{A}}\nZED=1\n",
                sandbox_key()
            ),
        ),
        (
            ".env.production",
            &format!(
                "BEGINI_API_KEY={}\nBEGINI_INTEGRATION_ID={both}\nA_TOKEN=vault:kv/a\nZED=1\n",
                production_key()
            ),
        ),
    ])
}

#[test]
fn settings_stand_side_by_side_with_their_places() {
    let page = stage().golive(&["diff", "--format", "json"]).shown();
    fits("diff", &page);
    let page: Value = serde_json::from_str(&page).unwrap();
    let told: Vec<String> = page["settings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let name = one["role"].as_str().or(one["name"].as_str()).unwrap();
            let side = |index: usize| {
                let side = one["sides"][index].as_array().unwrap();
                side.iter()
                    .map(|one| {
                        let at = &one["location"];
                        let shown = one["shown"].as_str().unwrap();
                        format!("{shown} {}:{}", at["path"].as_str().unwrap(), at["line"])
                    })
                    .collect::<Vec<_>>()
                    .join(" and ")
            };
            format!("{name} {} | {} | {}", one["relation"].as_str().unwrap(), side(0), side(1))
        })
        .collect();
    assert_eq!(
        told,
        [
            "begini/api-key different | KEY .env.sandbox:1 | OTHER .env.production:1",
            "begini/integration-id same | id B .env.sandbox:2 | id B .env.production:2",
            "begini/webhook-url missing | https://hooks.lender.co.ke/… .env.sandbox:3 | ",
            "A_TOKEN reference | ${A} .env.sandbox:4 | vault:kv/a .env.production:3",
            "ZED same | set .env.sandbox:5 | set .env.production:4",
        ]
        .map(|line| line.replace("KEY", &letters(&page)[0]).replace("OTHER", &letters(&page)[1]))
    );
    assert_eq!(page["tally"]["same"], 2);
}

/// The labels of the two keys: whichever letters they got, they are not one.
fn letters(page: &Value) -> [String; 2] {
    let letters =
        [0, 1].map(|side| page["settings"][0]["sides"][side][0]["shown"].as_str().unwrap());
    assert!(letters[0] != letters[1] && letters.iter().all(|one| one.starts_with("key ")));
    letters.map(str::to_owned)
}

#[test]
fn the_table_ends_with_what_it_comes_to() {
    let told = stage().golive(&["diff"]).shown();
    assert!(told.contains("sandbox beside production"), "{told}");
    let end = "5 settings · 2 same · 1 different · 1 reference · 1 missing in production\n";
    assert!(told.ends_with(end), "{told}");
}

#[test]
fn names_and_the_folder_may_be_given() {
    let stage = Stage::new(&[
        ("app/.env.uat", "A=1\n"),
        ("app/.env.uat2", ""),
        ("app/.env.production", "API_KEY=x\nA=1\n"),
        ("app/.env.staging", "API_KEY=y\nA=2\n"),
        ("app/.env.ci", "API_KEY=z\n"),
    ]);
    for (typed, heading) in [
        (vec!["diff", "app"], "ci (sandbox) beside production"),
        (vec!["diff", "staging", "production", "app"], "staging (sandbox) beside production"),
        (vec!["diff", "production", "sandbox", "app"], "production beside ci (sandbox)"),
        (vec!["diff", "ci", "staging", "app"], "ci (sandbox) beside staging (sandbox)"),
    ] {
        let told = stage.golive(&typed).shown();
        assert!(told.contains(heading), "{told}");
    }
    let refused = stage.golive(&["diff", "stagin", "production", "app"]).refused();
    assert!(refused.contains("there is no environment `stagin`; did you mean `staging`?"));
    let refused = stage.golive(&["diff", "ci", "ci", "app"]).refused();
    assert_eq!(refused, "error: both names mean one environment\n");
    let refused = Stage::new(&[(".env.ci", "API_KEY=x\n")]).golive(&["diff"]).refused();
    assert!(refused.contains("no production environment was found"), "{refused}");
}

#[test]
fn every_setting_of_every_project_is_told_once() {
    for project in projects() {
        let stage = Stage::of(&project);
        let page = stage.golive(&["diff", "--format", "json"]).shown();
        let page: Value = serde_json::from_str(&page).unwrap();
        let rows = page["settings"].as_array().unwrap();
        assert!(!rows.is_empty(), "{}", project.display());
        let total: u64 =
            page["tally"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
        assert_eq!(total, u64::try_from(rows.len()).unwrap());
    }
}
