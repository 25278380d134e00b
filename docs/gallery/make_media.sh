#!/bin/sh
# Makes the gallery's sound and video with ffmpeg; run it in docs/gallery when they are to change.
set -eu
quiet="-nostdin -loglevel error -y -fflags +bitexact -flags:v +bitexact -flags:a +bitexact"
ffmpeg $quiet -f lavfi -i "sine=frequency=880:duration=1.2,afade=t=out:st=0.1:d=1.1" -ac 1 -b:a 48k -map_metadata -1 media/chime.mp3
ffmpeg $quiet -f lavfi -i "color=white:s=320x180:d=2:r=12" -f lavfi -i "color=0x005eb8:s=24x24:d=2:r=12" \
    -filter_complex "[0][1]overlay=x='20+t*130':y=78" -pix_fmt yuv420p -movflags +faststart -map_metadata -1 media/dots.mp4
