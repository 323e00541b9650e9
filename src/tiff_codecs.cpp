// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// For the wheel only, in the place of the list in the archive libtiff.a: the linker then leaves out what is not named here,
// which is JPEG, refused since it changes labels, and WebP, LERC and JBIG, which are large and seldom.
#include <tiffio.h>

extern "C" {

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

int TIFFJPEGIsFullStripRequired(TIFF*) { return 0; } // asked of pages in JPEG, which no codec here opens
int TIFFIsCODECConfigured(uint16_t scheme) { return TIFFFindCODEC(scheme) != nullptr ? 1 : 0; }

} // extern "C"
