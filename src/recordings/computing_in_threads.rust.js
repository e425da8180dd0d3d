contextSwitch.recording("computing_in_threads", "rust", 7, [
{"format":1,"program":"computing_in_threads","language":"rust","runtime":"tokio 1.54.1","clock":"real","class":"order","notes":["recorded on the machine's clock: it computes on several threads"]},
{"t":0,"ev":"spawn","task":0,"name":"main","line":9},
{"t":0,"ev":"poll","task":0,"line":9},
{"t":0,"ev":"print","task":0,"text":"start","line":10},
{"t":1943488,"ev":"print","task":0,"text":"33860 primes","line":13},
{"t":1943502,"ev":"print","task":0,"text":"33860 primes","line":13},
{"t":1943523,"ev":"ready","task":0},
{"t":1943523,"ev":"end","task":0},
]);
