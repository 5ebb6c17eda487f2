#!/usr/bin/env bash
# Builds ffmpeg and ffprobe from the distribution's own source, with what AuStream reads and nothing else: 25 MB instead of the 250 MB that the package
# brings along. Needs root and apt-get. Used by Dockerfile.x64 and Dockerfile.jetson, in two steps, so that each can be kept as a layer.
# Usage: ffmpeg.sh fetch SOURCE | ffmpeg.sh build SOURCE PREFIX
set -euo pipefail

jobs=${JOBS:-$(nproc)}

demuxers=mov,matroska,avi,mpegts,mpegps,flv,asf,ogg,nut,image2,image_jpeg_pipe,image_png_pipe,image_bmp_pipe,image_webp_pipe,image_tiff_pipe,gif,rtsp,sdp,rtp,hls,mpjpeg,mjpeg,h264,hevc,m4v,ivf
decoders=h264,hevc,mjpeg,mpeg4,mpeg2video,mpeg1video,msmpeg4v3,h263,vp8,vp9,av1,prores,dvvideo,theora,wmv3,vc1,png,bmp,gif,webp,tiff,rawvideo,ffv1
parsers=h264,hevc,mjpeg,mpeg4video,mpegvideo,h263,vp8,vp9,av1,png,bmp,gif,webp,vc1
protocols=file,pipe,fd,tcp,udp,rtp,rtmp,rtmps,tls,http,https,httpproxy,crypto
filters=scale,format,fps,null,copy,yadif,transpose,hflip,vflip,rotate,setpts,crop,pad,aformat,anull,trim,testsrc,testsrc2,color

# Compiler and source package, from the same archive that the machine's other packages come from.
fetch() {
    if compgen -G '/etc/apt/sources.list.d/*.sources' >/dev/null; then
        sed -i 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/*.sources
    fi
    [[ ! -s /etc/apt/sources.list ]] || sed -i -E 's/^deb (.*)$/deb \1\ndeb-src \1/' /etc/apt/sources.list
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends gcc make nasm pkg-config xz-utils libc6-dev libgnutls28-dev zlib1g-dev libbz2-dev dpkg-dev
    mkdir -p "$1"
    cd "$1"
    apt-get source -q ffmpeg
    rm -rf /var/lib/apt/lists/*
}

build() {
    cd "$1"/ffmpeg-*/
    ./configure --prefix="$2" --disable-autodetect --disable-everything --disable-doc --disable-ffplay --disable-debug --enable-small \
        --enable-gnutls --enable-zlib --enable-bzlib --enable-pthreads \
        --enable-demuxer="$demuxers" --enable-decoder="$decoders" --enable-parser="$parsers" --enable-protocol="$protocols" --enable-filter="$filters" \
        --enable-indev=v4l2,lavfi --enable-encoder=rawvideo,wrapped_avframe --enable-muxer=nut,rawvideo,null --enable-bsf=h264_mp4toannexb,hevc_mp4toannexb,vp9_superframe_split,extract_extradata
    make -j"$jobs"
    make install
    strip "$2"/bin/*
}

case ${1:-} in
    fetch) fetch "$2" ;;
    build) build "$2" "$3" ;;
    *)
        sed -n '4p' "$0" >&2
        exit 2
        ;;
esac
