#!/bin/sh
# Makes media/teach-back.mp4 and its captions media/teach-back.vtt from the lines at the end of this file.
# Run it in this folder when a line changes, and commit the result. Needs espeak-ng, and ffmpeg with librsvg:
#     sudo apt-get install espeak-ng ffmpeg
# The transcript in pages/11-teach-back.md says the same words: change both.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bare="-nostdin -loglevel error -y"
bitexact="-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact"

# person X SKIN HAIR TOP SPEAKING(0|1) MOUTH(open|shut): one figure
person() {
    if [ "$5" = 1 ]; then ring="#ffb81c"; else ring="#eef4f8"; fi
    if [ "$6" = open ]; then mouth="<ellipse cy='-38' rx='6' ry='5' fill='#7a1f1f'/>"; else mouth="<path d='M-7 -39q7 5 14 0' fill='none' stroke='#7a1f1f' stroke-width='3'/>"; fi
    echo "<g transform='translate($1 232)'><circle cy='-52' r='52' fill='$ring'/><circle cy='-52' r='40' fill='$2'/>
        <path d='M-40 -56a40 40 0 0 1 80 0c-18 -14 -62 -14 -80 0z' fill='$3'/>
        <circle cx='-13' cy='-55' r='4' fill='#231f20'/><circle cx='13' cy='-55' r='4' fill='#231f20'/>$mouth
        <path d='M-64 90 v-44 a64 52 0 0 1 128 0 v44z' fill='$4'/></g>"
}

# scene WHO STEP MOUTH: a whole picture; WHO is N (narrator), T (therapist) or F (father)
scene() {
    t=0; f=0; mt=shut; mf=shut
    case $1 in T) t=1; mt=$3 ;; F) f=1; mf=$3 ;; esac
    echo "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 640 360' width='640' height='360' font-family='Liberation Sans, Arial, sans-serif'>
        <rect width='640' height='360' fill='#eef4f8'/>
        <rect x='20' y='18' width='600' height='52' rx='12' fill='#003087'/>
        <text x='320' y='53' font-size='25' font-weight='bold' text-anchor='middle' fill='#ffffff'>$2</text>"
    person 180 '#e0ac69' '#231f20' '#005eb8' $t $mt
    person 460 '#6b4423' '#231f20' '#007f3b' $f $mf
    echo "<ellipse cx='446' cy='290' rx='30' ry='15' fill='#ffb81c'/><circle cx='414' cy='284' r='13' fill='#8d5524'/>
        <rect x='296' y='226' width='48' height='34' rx='4' fill='#ffffff' stroke='#425563' stroke-width='2'/>
        <path d='M304 237h32M304 247h20' stroke='#425563' stroke-width='3'/>
        <text x='180' y='346' font-size='18' text-anchor='middle' fill='#212b32'>Therapist</text>
        <text x='460' y='346' font-size='18' text-anchor='middle' fill='#212b32'>Father</text></svg>"
}

# stamp SECONDS: as captions write it
stamp() { awk -v s="$1" 'BEGIN { printf "%02d:%02d:%06.3f", s / 3600, s % 3600 / 60, s % 60 }'; }

number=0
start=0
printf 'WEBVTT\n' > "$work/captions.vtt"
sed -n '/^# LINES$/,$s/^# \([NTF]\)|/\1|/p' "$0" > "$work/lines"
while IFS='|' read -r who step words; do
    number=$((number + 1))
    case $who in
        N) name=Narrator voice=en-gb-x-rp pitch=45 ;;
        T) name=Therapist voice=en-gb+f3 pitch=55 ;;
        F) name=Father voice=en-gb+m3 pitch=35 ;;
    esac
    espeak-ng -v $voice -s 148 -p $pitch -w "$work/$number.raw.wav" "$words"
    ffmpeg $bare -i "$work/$number.raw.wav" -af "apad=pad_dur=0.45,aresample=24000" -ac 1 $bitexact "$work/$number.wav"
    long=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$work/$number.wav")
    scene "$who" "$step" shut > "$work/$number.a.svg"
    scene "$who" "$step" open > "$work/$number.b.svg"
    ffmpeg $bare -loop 1 -framerate 10 -i "$work/$number.a.svg" -loop 1 -framerate 10 -i "$work/$number.b.svg" -i "$work/$number.wav" \
        -filter_complex "[0][1]overlay=enable='lt(mod(t,0.6),0.3)',format=yuv420p[v]" -map '[v]' -map 2:a -t "$long" \
        -c:v libx264 -threads 1 -crf 30 -preset slow -tune animation -g 100 -c:a aac -b:a 40k $bitexact "$work/$number.mp4"
    end=$(awk -v a="$start" -v b="$long" 'BEGIN { printf "%.3f", a + b }')
    printf '\n%s --> %s\n<v %s>%s\n' "$(stamp "$start")" "$(stamp "$end")" "$name" "$words" >> "$work/captions.vtt"
    start=$end
    echo "file '$work/$number.mp4'" >> "$work/list"
done < "$work/lines"

ffmpeg $bare -f concat -safe 0 -i "$work/list" -c copy -movflags +faststart $bitexact media/teach-back.mp4
cp "$work/captions.vtt" media/teach-back.vtt
ls -l media/teach-back.*

exit 0
# Who speaks, what stands above, what is said:
# LINES
# N|Teach-back in a minute|Teach-back in a minute. The people are made up.
# T|1 Explain one small piece|At night you can ring us at any time. Say your baby's name, and the word on this card. Then we know that it is you.
# N|2 Ask to hear it|That was one small piece. Now ask, and put the test on yourself.
# T|2 Ask to hear it|I want to be sure I was clear. What will you do, if you wake at three and worry?
# F|3 Listen|I ring the number. And I say her name.
# N|3 Listen|Half of it is there. No sigh, no second exam. Explain it in another way.
# T|4 Another way|Her name, yes. There is one more thing, and I went over it too fast. It is here, on the card.
# F|3 Listen again|Ah, the word on the card. I ring, I say her name, and the word.
# T|And one more question|That's it. Is there anything that would stop you from ringing?
# N|And one more question|The last question opens a door. Somebody who is afraid to be a nuisance will not ring, however clear you were.
