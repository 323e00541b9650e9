// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// For the wheel only: stands for parts of archives which would come along and which nothing here needs. What this file
// defines, the linker does not take from them.
#include <lz4hc.h>
#include <tiffio.h>
#include <zstd.h>

#include <cstddef>

extern "C" {

// The list of tif_codec.o, shortened: JPEG is refused, since it changes labels; WebP, LERC and JBIG are large and seldom.
int TIFFInitDumpMode(TIFF* tiff, int scheme);
int TIFFInitLZW(TIFF* tiff, int scheme);
int TIFFInitPackBits(TIFF* tiff, int scheme);
int TIFFInitCCITTRLE(TIFF* tiff, int scheme);
int TIFFInitCCITTRLEW(TIFF* tiff, int scheme);
int TIFFInitCCITTFax3(TIFF* tiff, int scheme);
int TIFFInitCCITTFax4(TIFF* tiff, int scheme);
int TIFFInitZIP(TIFF* tiff, int scheme);
int TIFFInitLZMA(TIFF* tiff, int scheme);
int TIFFInitZSTD(TIFF* tiff, int scheme);
int TIFFJPEGIsFullStripRequired(TIFF* tiff);

extern const TIFFCodec _TIFFBuiltinCODECS[];
const TIFFCodec _TIFFBuiltinCODECS[] = {
    {const_cast<char*>("None"), COMPRESSION_NONE, TIFFInitDumpMode},
    {const_cast<char*>("LZW"), COMPRESSION_LZW, TIFFInitLZW},
    {const_cast<char*>("PackBits"), COMPRESSION_PACKBITS, TIFFInitPackBits},
    {const_cast<char*>("CCITT RLE"), COMPRESSION_CCITTRLE, TIFFInitCCITTRLE},
    {const_cast<char*>("CCITT RLE/W"), COMPRESSION_CCITTRLEW, TIFFInitCCITTRLEW},
    {const_cast<char*>("CCITT Group 3"), COMPRESSION_CCITTFAX3, TIFFInitCCITTFax3},
    {const_cast<char*>("CCITT Group 4"), COMPRESSION_CCITTFAX4, TIFFInitCCITTFax4},
    {const_cast<char*>("Deflate"), COMPRESSION_DEFLATE, TIFFInitZIP},
    {const_cast<char*>("AdobeDeflate"), COMPRESSION_ADOBE_DEFLATE, TIFFInitZIP},
    {const_cast<char*>("LZMA"), COMPRESSION_LZMA, TIFFInitLZMA},
    {const_cast<char*>("ZSTD"), COMPRESSION_ZSTD, TIFFInitZSTD},
    {nullptr, 0, nullptr},
};

int TIFFIsCODECConfigured(uint16_t scheme) { return TIFFFindCODEC(scheme) != nullptr ? 1 : 0; }
int TIFFJPEGIsFullStripRequired(TIFF*) { return 0; } // asked of pages in JPEG, which no codec here opens

// Blosc and libtiff could also pack by these, but are asked to unpack alone.
constexpr std::size_t no_size = 0;
size_t ZSTD_compress(void*, size_t, const void*, size_t, int) { return no_size; }
int ZSTD_maxCLevel() { return 0; }
ZSTD_CStream* ZSTD_createCStream() { return nullptr; }
size_t ZSTD_freeCStream(ZSTD_CStream*) { return no_size; }
size_t ZSTD_initCStream(ZSTD_CStream*, int) { return no_size; }
size_t ZSTD_compressStream(ZSTD_CStream*, ZSTD_outBuffer*, ZSTD_inBuffer*) { return no_size; }
size_t ZSTD_endStream(ZSTD_CStream*, ZSTD_outBuffer*) { return no_size; }
int LZ4_compress_HC(const char*, char*, int, int, int) { return 0; }

} // extern "C"
