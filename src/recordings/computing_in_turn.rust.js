contextSwitch.recording("computing_in_turn", "rust", 6, [
{"format":1,"program":"computing_in_turn","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":6},
{"t":0,"ev":"poll","task":0,"line":6},
{"t":0,"ev":"print","task":0,"text":"start","line":7},
{"t":0,"ev":"print","task":0,"text":"33860 primes","line":8},
{"t":0,"ev":"print","task":0,"text":"33860 primes","line":9},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
