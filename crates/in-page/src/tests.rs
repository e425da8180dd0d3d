use super::*;

fn told(ending: &str, status: i32, events: &str) -> Value {
    asked(ending, status, events, "null")
}

fn asked(ending: &str, status: i32, events: &str, exercise: &str) -> Value {
    let told = format!(
        r#"{{"header":{{"format":2,"program":"changed","language":"python","runtime":"asyncio 3.14.2","clock":"virtual","class":"exact"}},
           "events":[{events}],"ending":"{ending}","status":{status},"silent":0,"most":10,"said":"","source":"async def main(): pass","exercise":{exercise}}}"#
    );
    serde_json::to_value(answer(told.as_bytes()).unwrap()).unwrap()
}

const BEGUN: &str =
    r#"{"t":0,"ev":"spawn","task":0,"name":"main","line":1},{"t":0,"ev":"poll","task":0,"line":1}"#;

#[test]
fn a_run_is_shown_as_the_server_shows_it() {
    let shown = told("exit", 0, &format!(r#"{BEGUN},{{"t":0,"ev":"end","task":0}}"#));
    assert_eq!(shown["recording"]["ended"], Value::Null);
    assert_eq!(shown["recording"]["findings"], serde_json::json!([]));
    assert!(shown["recording"]["moments"].as_array().unwrap().len() > 3, "{shown}");
}

#[test]
fn an_exercise_is_judged_and_nothing_else_is() {
    let run = format!(r#"{BEGUN},{{"t":0,"ev":"ready","task":0}},{{"t":0,"ev":"end","task":0}}"#);
    assert_eq!(told("exit", 0, &run)["recording"].get("verdict"), None);
    let exercise = r#"{"output":[],"earliest":1000,"latest":1000,"says":{"early":"It sleeps."}}"#;
    let verdict = &asked("exit", 0, &run, exercise)["recording"]["verdict"];
    assert_eq!((&verdict["passed"], &verdict["way"]), (&false.into(), &"early".into()));
    assert_eq!(verdict["help"], "It sleeps.");
}

#[test]
fn a_run_that_was_stopped_says_so() {
    let shown = told("timeout", 0, BEGUN);
    assert_eq!(shown["recording"]["ended"]["says"], "it was stopped after 10 s");
    assert_ne!(shown["recording"]["findings"], serde_json::json!([]));
}

#[test]
fn a_run_that_did_not_begin_is_an_error() {
    assert_eq!(told("exit", 1, ""), serde_json::json!({"errors":{"lines":[],"text":""}}));
}

#[test]
fn the_buffer_has_the_answer() {
    room(4);
    let length = show();
    let answer: Value = serde_json::from_slice(&buffer()).unwrap();
    assert!(
        length > 0 && answer["errors"]["text"].as_str().unwrap().contains("no run"),
        "{answer}"
    );
}
