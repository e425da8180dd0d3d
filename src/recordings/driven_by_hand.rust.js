contextSwitch.recording("driven_by_hand", "rust", 6, [
{"format":1,"program":"driven_by_hand","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":10},
{"t":0,"ev":"poll","task":0,"line":10},
{"t":0,"ev":"print","task":0,"text":"go on","line":14},
{"t":0,"ev":"print","task":0,"text":"foo","line":26},
{"t":0,"ev":"print","task":0,"text":"not ready","line":16},
{"t":0,"ev":"print","task":0,"text":"go on","line":14},
{"t":0,"ev":"print","task":0,"text":"bar","line":28},
{"t":0,"ev":"print","task":0,"text":"ready: 42","line":18},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
