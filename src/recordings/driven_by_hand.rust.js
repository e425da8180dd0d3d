contextSwitch.recording("driven_by_hand", "rust", 6, [
{"format":1,"program":"driven_by_hand","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":9},
{"t":0,"ev":"poll","task":0,"line":9},
{"t":0,"ev":"print","task":0,"text":"go on","line":13},
{"t":0,"ev":"print","task":0,"text":"foo","line":25},
{"t":0,"ev":"print","task":0,"text":"not ready","line":15},
{"t":0,"ev":"print","task":0,"text":"go on","line":13},
{"t":0,"ev":"print","task":0,"text":"bar","line":27},
{"t":0,"ev":"print","task":0,"text":"ready: 42","line":17},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
