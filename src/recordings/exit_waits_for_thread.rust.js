contextSwitch.recording("exit_waits_for_thread", "rust", 6, [
{"format":1,"program":"exit_waits_for_thread","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":11},
{"t":0,"ev":"poll","task":0,"line":11},
{"t":0,"ev":"print","task":0,"text":"Hello","line":12},
{"t":0,"ev":"print","task":0,"text":"World","line":14},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
{"t":1000000,"ev":"print","text":"foo","line":19},
]);
