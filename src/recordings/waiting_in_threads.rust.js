contextSwitch.recording("waiting_in_threads", "rust", 6, [
{"format":1,"program":"waiting_in_threads","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":9},
{"t":0,"ev":"poll","task":0,"line":9},
{"t":0,"ev":"print","task":0,"text":"start","line":10},
{"t":600000,"ev":"print","task":0,"text":"waited 600 ms","line":13},
{"t":900000,"ev":"print","task":0,"text":"waited 900 ms","line":13},
{"t":1200000,"ev":"print","task":0,"text":"waited 1200 ms","line":13},
{"t":1200000,"ev":"ready","task":0},
{"t":1200000,"ev":"end","task":0},
]);
