//! `golive environments`.

use serde_json::Value;

use super::stage::{Stage, fits, projects};

#[test]
fn every_place_is_told_with_its_environment_and_the_rule() {
    let stage = Stage::new(&[
        (".env", "LOG_LEVEL=info\n"),
        (".env.staging", "BEGINI_API_KEY=changeme\nPORT=1\n"),
        ("config.toml", "[production]\nbegini_api_key = \"vault:kv/x\"\n"),
        ("notes.json", "{\"a\": 1}"),
        ("jobs/worker.env", "BEGINI_API_KEY=changeme\n"),
        ("old.env", "BEGINI_SANDBOX_INTEGRATION_ID=5f0e1d2c3b4a59687786950a\n"),
    ]);
    let page = stage.golive(&["environments", "--format", "json"]).shown();
    fits("environments", &page);
    let page: Value = serde_json::from_str(&page).unwrap();
    assert_eq!(page["manifest"], false);
    let [staging, production] = page["environments"].as_array().unwrap().as_slice() else {
        panic!("{page}")
    };
    assert_eq!((&staging["name"], &staging["class"]), (&"staging".into(), &"sandbox".into()));
    let layers = |of: &Value| -> Vec<String> {
        let layers = of["layers"].as_array().unwrap().iter();
        layers.map(|one| format!("{} {}", one["path"], one["rule"]).replace('"', "")).collect()
    };
    assert_eq!(
        layers(staging),
        [".env shared by its family", ".env.staging file name", "old.env name of the setting"]
    );
    assert_eq!((&staging["open"], &staging["settings"]), (&false.into(), &4.into()));
    assert_eq!(layers(production), ["config.toml section of a file"]);
    assert_eq!(production["open"], true);
    assert_eq!(production["outside"][0], "1 reference (begini/api-key)");
    assert_eq!(page["shared"][0]["path"], ".env");
    assert_eq!(page["unclassified"][0]["path"], "jobs/worker.env");
    assert_eq!(page["others"], 1);
}

#[test]
fn the_table_names_the_files_and_how_to_correct_them() {
    let stage = Stage::vaulted();
    stage.remove("golive.yaml");
    let told = stage.golive(&["environments"]).shown();
    for line in [
        "2 environments · by names: there is no golive.yaml",
        "production   production  file name  4         open: 1 reference (begini/api-key)",
        ".env.production       production   file name  4",
        "golive init writes all of this",
        "  production: { class: production, layers: [.env.production] }",
    ] {
        assert!(told.contains(line), "{line} in\n{told}");
    }
    stage.write(
        "golive.yaml",
        "environments:\n  production: { layers: [.env.production, gone.env], supplied: \
         [begini/base-url], variables: { begini/deployment-label: LABEL } }\n",
    );
    let told = stage.golive(&["environments", "--plain"]).shown();
    assert!(told.contains("as golive.yaml says"), "{told}");
    assert!(told.contains("gone.env: environment production, by golive.yaml:2: no such file"));
    assert!(told.contains("begini/base-url is supplied"), "{told}");
    assert!(told.contains("begini/deployment-label is the process variable LABEL"), "{told}");
}

#[test]
fn every_width_shows_every_environment() {
    for project in projects().into_iter().step_by(4) {
        let mut stage = Stage::of(&project);
        let page = stage.golive(&["environments", "--format", "json"]).shown();
        let page: Value = serde_json::from_str(&page).unwrap();
        for width in [20, 80] {
            stage.width = width;
            let told: String = stage.golive(&["environments"]).shown().split_whitespace().collect();
            for environment in page["environments"].as_array().unwrap() {
                assert!(told.contains(environment["name"].as_str().unwrap()), "{told}");
            }
        }
    }
}

#[test]
fn nothing_found_is_said() {
    let told = Stage::new(&[]).golive(&["environments"]).shown();
    assert!(told.contains("0 environments"), "{told}");
    let refused = Stage::new(&[]).golive(&["environments", "nowhere"]).refused();
    assert_eq!(refused, "error: nowhere: no such file or folder\n");
}
