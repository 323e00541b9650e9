# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""An image that the writers of other people have written is the same image: its digest is that of the same voxels in a raw file."""
import bz2
import gzip
import json
import os
import pathlib
import subprocess
import sys

VENV = pathlib.Path(os.environ["LAPILLI_SOURCE_DIR"]) / "build" / "python"
if not (VENV / "bin" / "python").exists():
    print(f"skipped: there is no {VENV}; scripts/install_packages --python makes it", file=sys.stderr)
    sys.exit(77)
if os.path.abspath(sys.prefix) != os.path.abspath(VENV):
    os.execv(VENV / "bin" / "python", [str(VENV / "bin" / "python"), *sys.orig_argv[1:]])

import h5py
import netCDF4
import nibabel
import nrrd
import numcodecs
import numpy
import PIL.Image
import pydicom
import pyevtk.hl
import scipy.io
import SimpleITK
import tifffile
import zarr

LAPILLI = os.environ["LAPILLI"]
EDGES = (2e-6, 3e-6, 4e-6)  # x, y, z [m]


def image(kind="uint8"):
    """(z, y, x), of lengths that no two axes share, without symmetry."""
    return numpy.random.default_rng(1).integers(0, 100, (7, 9, 11)).astype(kind)


def itk(name, array, millimetres=1e3, packed=False):
    picture = SimpleITK.GetImageFromArray(array)
    picture.SetSpacing([edge * millimetres for edge in EDGES])
    SimpleITK.WriteImage(picture, name, useCompression=packed)


def nifti(name, array, kind=nibabel.Nifti1Image):
    picture = kind(array.T, numpy.diag([*(edge * 1e6 for edge in EDGES), 1]))
    picture.header.set_xyzt_units("micron")
    nibabel.save(picture, name)


def netcdf(name, array, kind):
    """With coordinates along the axes, as xarray writes them."""
    with netCDF4.Dataset(name, "w", format=kind) as file:
        for axis, (length, edge) in enumerate(zip(array.shape, reversed(EDGES))):
            file.createDimension("zyx"[axis], length)
            along = file.createVariable("zyx"[axis], "f8", ("zyx"[axis],))
            along[:] = numpy.arange(length) * edge * 1e6
            along.units = "um"
        file.createVariable("rock", array.dtype, ("z", "y", "x"))[:] = array


def matlab73(name, array):
    """As MATLAB writes them: HDF5 behind 512 bytes of its own, the first index last."""
    with h5py.File(name, "w", userblock_size=512) as file:
        file.create_dataset("rock", data=array, chunks=True, compression="gzip").attrs["MATLAB_class"] = numpy.bytes_("uint8")
    with open(name, "r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file".ljust(124) + b"\0\2IM")


def pairs(name, array):
    """Of several arrays, by name."""
    numpy.savez_compressed(name, rock=array, other=array[::-1])


def evtk(name, array):
    pyevtk.hl.imageToVTK(name.removesuffix(".vti"), spacing=EDGES, cellData={"rock": numpy.asfortranarray(array.T)})


def pictures(name, array, ending="png", colours=1):
    """A folder of slices; of several colours that are equal."""
    os.mkdir(name)
    for z, plane in enumerate(array):
        PIL.Image.fromarray(numpy.stack([plane] * colours, -1) if colours > 1 else plane).save(f"{name}/slice{z}.{ending}")


def palettes(name, array):
    """Slices whose numbers are indices of colours."""
    os.mkdir(name)
    for z, plane in enumerate(array):
        picture = PIL.Image.frombytes("P", plane.shape[::-1], plane.tobytes())
        picture.putpalette([(7 * i) % 256 for i in range(768)])
        picture.save(f"{name}/slice{z}.png")


def ome_tiff(name, array):
    sizes = {f"PhysicalSize{axis}": edge * 1e6 for axis, edge in zip("XYZ", EDGES)}
    units = {f"PhysicalSize{axis}Unit": "µm" for axis in "XYZ"}
    tifffile.imwrite(name, array, metadata={"axes": "ZYX", **sizes, **units})


def zarr_array(name, array, compressor=None, version=2):
    zarr.create_array(name, data=array, chunks=(4, 5, 6), compressors=compressor, zarr_format=version)


def ome_zarr(name, array, version=2):
    """Two levels, with an axis of time."""
    group = zarr.open_group(name, mode="w", zarr_format=version)
    scale = [edge * 1e6 for edge in reversed(EDGES)]
    levels = []
    for level, shown in enumerate((array, array[::2, ::2, ::2])):
        keys = {"name": "v2" if version == 2 else "default", "separator": "/"}
        group.create_array(str(level), data=shown[None], chunks=(1, 4, 4, 4), chunk_key_encoding=keys)
        factors = [1.0] + [edge * 2**level for edge in scale]
        levels.append({"path": str(level), "coordinateTransformations": [{"type": "scale", "scale": factors}]})
    space = [{"name": axis, "type": "space", "unit": "micrometer"} for axis in "zyx"]
    said = [{"axes": [{"name": "t", "type": "time"}, *space], "datasets": levels}]
    group.attrs.update({"multiscales": said} if version == 2 else {"ome": {"version": "0.5", "multiscales": said}})


def dicom(name, array, syntax):
    """A series, its files in another order than its planes."""
    os.mkdir(name)
    for z, plane in enumerate(array):
        meta = pydicom.dataset.FileMetaDataset()
        meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", f"1.2.3.{z + 1}"
        meta.TransferSyntaxUID = syntax
        file = pydicom.dataset.FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
        file.SOPClassUID, file.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
        file.SeriesInstanceUID, file.InstanceNumber = "1.2.3", z + 1
        file.ImagePositionPatient, file.ImageOrientationPatient = [5, 6, round(EDGES[2] * 1e3 * z, 9)], [1, 0, 0, 0, 1, 0]
        file.PixelSpacing = [EDGES[1] * 1e3, EDGES[0] * 1e3]
        (file.Rows, file.Columns), file.SamplesPerPixel = plane.shape, 1
        file.PhotometricInterpretation, file.PixelRepresentation = "MONOCHROME2", int(plane.dtype.kind == "i")
        file.BitsAllocated = file.BitsStored = plane.itemsize * 8
        file.HighBit = file.BitsStored - 1
        file.PixelData = plane.tobytes()
        file.save_as(f"{name}/IM{len(array) - z:03}", enforce_file_format=True)


# What is written: its file (":PART" behind it is named when it is read), by whom, the type of the voxels, whether it says EDGES.
WRITTEN = [
    ("itk.mha", itk, "uint8", True),
    ("itk16.mhd", itk, "int16", True),
    ("itk_packed.mha", lambda name, array: itk(name, array, packed=True), "float32", True),
    ("itk_packed.mhd", lambda name, array: itk(name, array, packed=True), "uint8", True),
    ("itk.nrrd", itk, "uint16", True),
    ("itk_packed.nrrd", lambda name, array: itk(name, array, packed=True), "uint8", True),
    ("itk.nii", itk, "uint8", True),
    ("itk.nii.gz", itk, "int32", True),
    ("itk.hdr", itk, "int16", True),
    ("pynrrd.nrrd", lambda name, array: nrrd.write(name, array, {"spacings": [edge * 1e6 for edge in reversed(EDGES)][::-1],
                                                                  "units": ["um"] * 3}, index_order="C"), "uint8", True),
    ("pynrrd_bz2.nrrd", lambda name, array: nrrd.write(name, array, {"encoding": "bzip2"}, index_order="C"), "float64", False),
    ("pynrrd.nhdr", lambda name, array: nrrd.write(name, array, {"encoding": "gzip"}, index_order="C"), "int64", False),
    ("numpy.npy", numpy.save, "uint8", False),
    ("numpy_big.npy", numpy.save, ">u4", False),
    ("numpy_bool.npy", lambda name, array: numpy.save(name, array % 2 == 0), "uint8", False),
    ("numpy_fortran.npy", lambda name, array: numpy.save(name, numpy.asfortranarray(array)), "float64", False),
    ("numpy.npz", numpy.savez, "int16", False),
    ("numpy_packed.npz:rock", pairs, "uint8", False),
    ("numpy_fortran.npz", lambda name, array: numpy.savez_compressed(name, numpy.asfortranarray(array)), "uint16", False),
    ("nibabel.nii", nifti, "uint8", True),
    ("nibabel.nii.gz", nifti, "int16", True),
    ("nibabel2.nii", lambda name, array: nifti(name, array, nibabel.Nifti2Image), "float32", True),
    ("nibabel.img.hdr", lambda name, array: nifti(name, array, nibabel.Nifti1Pair), "int16", True),
    ("netcdf3.nc", lambda name, array: netcdf(name, array, "NETCDF3_CLASSIC"), "int16", True),
    ("netcdf3_64.nc", lambda name, array: netcdf(name, array, "NETCDF3_64BIT_OFFSET"), "float32", True),
    ("netcdf5.nc", lambda name, array: netcdf(name, array, "NETCDF3_64BIT_DATA"), "uint8", True),
    ("netcdf4.nc", lambda name, array: netcdf(name, array, "NETCDF4"), "uint8", True),
    ("scipy.mat", lambda name, array: scipy.io.savemat(name, {"rock": array.T, "edge": 5e-6}), "uint8", False),
    ("scipy_packed.mat:rock", lambda name, array: scipy.io.savemat(name, {"rock": array.T, "other": array.T[::-1]},
                                                                   do_compression=True), "float64", False),
    ("matlab73.mat", matlab73, "uint8", False),
    ("evtk.vti", evtk, "uint8", True),
    ("evtk64.vti", evtk, "float64", True),
    ("png", pictures, "uint8", False),
    ("png16", pictures, "uint16", False),
    ("png_colours", lambda name, array: pictures(name, array, colours=3), "uint8", False),
    ("png_opacity", lambda name, array: pictures(name, array, colours=4), "uint8", False),
    ("png_palette", palettes, "uint8", False),
    ("jpeg_2000", lambda name, array: pictures(name, array, "jp2"), "uint8", False),
    ("jpeg_2000_16", lambda name, array: pictures(name, array, "jp2"), "uint16", False),
    ("bmp", lambda name, array: pictures(name, array, "bmp"), "uint8", False),
    ("bmp_colours", lambda name, array: pictures(name, array, "bmp", 3), "uint8", False),
    ("tifffile.ome.tif", ome_tiff, "uint16", True),
    ("plain.zarr", zarr_array, ">i2", False),
    ("zlib.zarr", lambda name, array: zarr_array(name, array, numcodecs.Zlib()), "uint8", False),
    ("gzip.zarr", lambda name, array: zarr_array(name, array, numcodecs.GZip()), "int32", False),
    ("bz2.zarr", lambda name, array: zarr_array(name, array, numcodecs.BZ2()), "uint8", False),
    ("zstd.zarr", lambda name, array: zarr_array(name, array, numcodecs.Zstd()), "float32", False),
    ("blosc.zarr", lambda name, array: zarr_array(name, array, numcodecs.Blosc("lz4", shuffle=1)), "uint16", False),
    ("blosc_bits.zarr", lambda name, array: zarr_array(name, array, numcodecs.Blosc("zstd", shuffle=2)), "uint64", False),
    ("plain3.zarr", lambda name, array: zarr_array(name, array, version=3), "uint8", False),
    ("gzip3.zarr", lambda name, array: zarr_array(name, array, zarr.codecs.GzipCodec(), 3), "uint16", False),
    ("zstd3.zarr", lambda name, array: zarr_array(name, array, zarr.codecs.ZstdCodec(), 3), "int64", False),
    ("blosc3.zarr", lambda name, array: zarr_array(name, array, zarr.codecs.BloscCodec(), 3), "float64", False),
    ("ome.zarr", ome_zarr, "uint8", True),
    ("ome_level.zarr:/0", ome_zarr, "uint8", True),
    ("ome3.zarr", lambda name, array: ome_zarr(name, array, 3), "uint16", True),
    ("dicom", lambda name, array: dicom(name, array, pydicom.uid.ExplicitVRLittleEndian), "int16", True),
    ("dicom_untyped", lambda name, array: dicom(name, array, pydicom.uid.ImplicitVRLittleEndian), "uint16", True),
]


def information(name, *options):
    done = subprocess.run([LAPILLI, "info", name, "--json", "--ranks", "1", *options], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        return {"error": done.stderr.strip()}
    return json.loads(done.stdout)["image"]


def faults_of(name, write, kind, says_edges):
    array = image(kind)
    write(name.split(":")[0], array)
    found = information(name)
    if "error" in found:
        return [found["error"]]
    labels = array % 2 == 0 if "bool" in name else array
    labels.astype("<i4").tofile("same.raw")
    right = information("same.raw", "--shape", "7x9x11", "--type", "i32")
    size = list(reversed(EDGES)) if says_edges else None
    return [f"{key} is {is_}, expected {expected}" for key, is_, expected in [
        ("digest", found["digest"], right["digest"]), ("shape", found["shape"], right["shape"]),
        ("voxel size", found["voxel_size_m"], size)] if is_ != expected]


def packed_raw():
    """Raw behind what Python packs itself."""
    image().tofile("rock.raw")
    right = information("rock.raw", "--shape", "7x9x11", "--type", "u8")["digest"]
    for ending, pack in ((".gz", gzip.compress), (".bz2", bz2.compress)):
        pathlib.Path("packed.raw" + ending).write_bytes(pack(image().tobytes()))
        found = information("packed.raw" + ending, "--shape", "7x9x11", "--type", "u8")
        if found.get("digest") != right:
            yield f"packed.raw{ending}: {found}"


def main():
    faults = list(packed_raw())
    for name, *row in WRITTEN:
        faults += [f"{name}: {fault}" for fault in faults_of(name, *row)]
    print("\n".join(faults) or f"{len(WRITTEN)} files of other programs are read")
    sys.exit(1 if faults else 0)


main()
