contextSwitch.recording("computing_in_threads", "rust", 7, [
{"format":1,"program":"computing_in_threads","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":9},
{"t":0,"ev":"poll","task":0,"line":9},
{"t":0,"ev":"print","task":0,"text":"start","line":10},
{"t":0,"ev":"print","task":0,"text":"33860 primes","line":13},
{"t":0,"ev":"print","task":0,"text":"33860 primes","line":13},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
