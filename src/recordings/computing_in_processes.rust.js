contextSwitch.recording("computing_in_processes", "rust", 7, [
{"format":1,"program":"computing_in_processes","language":"rust","runtime":"tokio 1.54.1","clock":"real","class":"seen","notes":["recorded on the machine's clock: it starts another process"]},
{"t":0,"ev":"spawn","task":0,"name":"main","line":10},
{"t":0,"ev":"poll","task":0,"line":10},
{"t":0,"ev":"print","task":0,"text":"start","line":18},
{"t":292599,"ev":"print","task":0,"text":"33860 primes","line":24},
{"t":396539,"ev":"print","task":0,"text":"33860 primes","line":24},
{"t":396569,"ev":"ready","task":0},
{"t":396569,"ev":"end","task":0},
]);
